<#
.SYNOPSIS
Builds cairn and puts it into your own bin folder. Needs no administrator; safe to run again.
.EXAMPLE
./install.ps1
./install.ps1 -Uninstall
./install.ps1 -Prefix D:\tools\cairn
#>
param([switch]$Uninstall, [string]$Prefix = (Join-Path $env:LOCALAPPDATA 'Programs\cairn'))
$ErrorActionPreference = 'Stop'

if ($Uninstall) {
    if (Test-Path $Prefix) { Remove-Item -Recurse -Force $Prefix; "removed $Prefix" } else { "nothing to remove at $Prefix" }
    $path = [Environment]::GetEnvironmentVariable('Path', 'User')
    $kept = ($path -split ';' | Where-Object { $_ -and $_ -ne $Prefix }) -join ';'
    if ($kept -ne $path) { [Environment]::SetEnvironmentVariable('Path', $kept, 'User'); "took $Prefix off your PATH" }
    exit 0
}

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Write-Error 'The .NET SDK 10 is missing; install it and run this again: https://dot.net/download'
}
if (-not (dotnet --list-sdks | Where-Object { $_ -match '^1[0-9]\.' })) {
    Write-Error "Needs the .NET SDK 10 or newer; found: $(dotnet --list-sdks)"
}

$env:DOTNET_CLI_TELEMETRY_OPTOUT = 1
$env:DOTNET_NOLOGO = 1
$build = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
try {
    dotnet publish (Join-Path $PSScriptRoot 'src/Tui/Tui.csproj') -c Release -v q --artifacts-path "$build/artifacts" -o "$build/out"
    if ($LASTEXITCODE -ne 0) { Write-Error 'The build failed; the lines above say why.' }
    New-Item -ItemType Directory -Force (Split-Path $Prefix) | Out-Null
    if (Test-Path "$Prefix.old") { Remove-Item -Recurse -Force "$Prefix.old" }
    if (Test-Path $Prefix) { Move-Item $Prefix "$Prefix.old" }
    Move-Item "$build/out" $Prefix
    if (Test-Path "$Prefix.old") { Remove-Item -Recurse -Force "$Prefix.old" }
}
finally {
    if (Test-Path $build) { Remove-Item -Recurse -Force $build }
}

"installed $(& (Join-Path $Prefix 'cairn.exe') --version)"
"  program  $(Join-Path $Prefix 'cairn.exe')"
$path = [Environment]::GetEnvironmentVariable('Path', 'User')
if (($path -split ';') -notcontains $Prefix) {
    [Environment]::SetEnvironmentVariable('Path', "$path;$Prefix", 'User')
    "  put $Prefix on your PATH; open a new terminal, then: cairn demo"
}
else { '  next     cairn demo' }
