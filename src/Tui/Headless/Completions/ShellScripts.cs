using System.Collections.Immutable;

namespace Registry.Tui.Headless.Completions;

/// <summary>
/// What a shell sources to complete `cairn`. The scripts know nothing of verbs: they ask `cairn __complete`, one
/// candidate a line (`value TAB note`), so an updated program needs no new script.
/// </summary>
internal static class ShellScripts
{
    public static ImmutableArray<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "powershell" => PowerShell,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "the table of choices names the shells"),
    };

    // Readline cuts words at = : and @, so only the part after the last of them is handed back.
    private const string Bash =
        """
        # bash completion for cairn; in ~/.bashrc: source <(cairn completions bash)
        _cairn() {
            local line=${COMP_LINE:0:COMP_POINT} words current held value note entry
            read -ra words <<< "$line"
            [[ $line == *[[:space:]] ]] && words+=("")
            current=${words[${#words[@]}-1]}
            held=${current%"${current##*[=:@]}"}
            COMPREPLY=()
            while IFS=$'\t' read -r value note; do
                case $value in
                    :files) while IFS= read -r entry; do COMPREPLY+=("$entry"); done < <(compgen -f -- "${current#"$held"}") ;;
                    :folders) while IFS= read -r entry; do COMPREPLY+=("$entry"); done < <(compgen -d -- "${current#"$held"}") ;;
                    ?*) COMPREPLY+=("${value#"$held"}") ;;
                esac
            done < <("${words[0]}" __complete -- "${words[@]:1}" 2>/dev/null)
        }
        complete -F _cairn cairn

        """;

    private const string Zsh =
        """
        #compdef cairn
        # zsh completion for cairn; in ~/.zshrc after compinit: source <(cairn completions zsh)
        _cairn() {
            local line value
            local -a entries
            for line in "${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
                case $line in
                    :files*) _files ;;
                    :folders*) _files -/ ;;
                    ?*) value=${line%%$'\t'*}
                        entries+=("${value//:/\\:}:${line#*$'\t'}") ;;
                esac
            done
            (( ${#entries} )) && _describe cairn entries
            return 0
        }
        if [ "$funcstack[1]" = "_cairn" ]; then _cairn "$@"; else compdef _cairn cairn; fi

        """;

    private const string Fish =
        """
        # fish completion for cairn: cairn completions fish > ~/.config/fish/completions/cairn.fish
        function __cairn_complete
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            $words[1] __complete -- $words[2..-1] "$current" 2>/dev/null | while read -l entry
                switch $entry
                    case ':files*'
                        __fish_complete_path "$current"
                    case ':folders*'
                        __fish_complete_directories "$current"
                    case '*'
                        echo $entry
                end
            end
        end
        complete -c cairn -f -a '(__cairn_complete)'

        """;

    private const string PowerShell =
        """
        # PowerShell completion for cairn; in $PROFILE: cairn completions powershell | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName cairn -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
            & $commandAst.CommandElements[0].ToString() __complete '--' @words "$wordToComplete" 2>$null | ForEach-Object {
                $value, $note = $_ -split "`t", 2
                if ($value -like ':files*' -or $value -like ':folders*') {
                    Get-ChildItem -Path "$wordToComplete*" -ErrorAction SilentlyContinue | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, 'ProviderItem', $_.Name)
                    }
                } elseif ($value) {
                    if (-not $note) { $note = $value }
                    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $note)
                }
            }
        }

        """;
}
