using System.Text.Json;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>A review as JSON (docs/schemas/publish-review.json).</summary>
internal static class PublishReviewJson
{
    public static void Write(Utf8JsonWriter json, PackageReview review)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, review.Package.Name.Value);
        json.WriteString("version"u8, review.Package.Version.ToString());
        json.WriteString("file"u8, review.FileName);
        json.WriteString("checksum"u8, review.Archive?.Hash.ToString());
        json.WriteOptional("bytes", review.Archive?.Size);
        json.WriteNumber("unpacked_bytes"u8, review.Unpacked);
        json.WriteBoolean("new"u8, review.IsNew);
        WriteChecks(json, review);
        WriteFiles(json, review);
        WriteChanges(json, review);
        json.WriteOptional("dependents", review.Dependents?.Count);
        json.WriteOptional("dependents_accepting", review.Dependents?.Accepting);
        json.WriteEndObject();
    }

    private static void WriteChecks(Utf8JsonWriter json, PackageReview review)
    {
        json.WriteStartArray("checks"u8);
        foreach (var check in review.Checks)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, check.Id);
            json.WriteString("state"u8, Word(check.State));
            json.WriteString("title"u8, check.Title);
            json.WriteString("detail"u8, check.Detail);
            json.WriteString("fix"u8, check.Fix);
            json.WriteBoolean("may_be_allowed"u8, check.MayBeAllowed);
            json.WriteString("code"u8, check.Problem?.Code.Slug());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFiles(Utf8JsonWriter json, PackageReview review)
    {
        json.WriteStartArray("files"u8);
        foreach (var file in review.Files)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, file.Path);
            json.WriteNumber("bytes"u8, file.Size);
            json.WriteBoolean("in"u8, file.IsIn);
            json.WriteString("reason"u8, file.Reason);
            json.WriteString("because"u8, file.Because);
            json.WriteBoolean("fine"u8, file.IsFine);
            json.WriteStartArray("flags"u8);
            foreach (var flag in file.Flags)
            {
                json.WriteStartObject();
                json.WriteString("kind"u8, Word(flag.Kind));
                json.WriteString("what"u8, flag.What);
                json.WriteNumber("line"u8, flag.Line);
                json.WriteString("excerpt"u8, flag.Excerpt);
                json.WriteBoolean("example"u8, flag.IsExample);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteChanges(Utf8JsonWriter json, PackageReview review)
    {
        if (review is not { Previous: { } previous, Changes: { } changes })
        {
            json.WriteNull("since"u8);
            return;
        }

        json.WriteStartObject("since"u8);
        json.WriteString("version"u8, previous.Version.ToString());
        json.WriteString("published"u8, previous.Published is { } at ? FeedJson.Time(at) : null);
        json.WriteString("needs"u8, Word(changes.Needed));
        json.WriteString("proposed"u8, changes.Proposed.ToString());
        json.WriteBoolean("files_known"u8, changes.FilesKnown);
        json.WriteStartArray("changes"u8);
        foreach (var change in changes.Changes)
        {
            json.WriteStartObject();
            json.WriteString("sign"u8, change.Sign.ToString());
            json.WriteString("what"u8, change.What);
            json.WriteString("needs"u8, Word(change.Step));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
