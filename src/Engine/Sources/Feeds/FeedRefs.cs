using System.Text;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Transport;

namespace Registry.Engine.Sources.Feeds;

/// <summary>
/// The two mutable files of a feed, asked for with "has it changed?". What was seen last is kept, and is what an
/// offline reader goes by. The timestamp is kept last, so a killed process leaves an older whole state.
/// </summary>
internal sealed class FeedRefs(string registry, FeedFiles files, FeedCache cache, FeedReading reading)
{
    private const string ValidatorSuffix = ".validator";

    private readonly string _key = FeedCache.KeyOf(files.Address);

    public async Task<(FeedDescription Description, FeedTimestamp Timestamp)> ReadAsync(FeedTrust trust, CancellationToken cancellation)
    {
        var descriptionBytes = FetchAsync(FeedLayout.Description, FeedLimits.DescriptionBytesMax, cancellation);
        var timestampBytes = FetchAsync(FeedLayout.Timestamp, FeedLimits.TimestampBytesMax, cancellation);
        await Task.WhenAll(descriptionBytes, timestampBytes).ConfigureAwait(false);
        var description = FeedDescription.Read((await descriptionBytes.ConfigureAwait(false) ?? throw NotThere()).Bytes.Span, files.Address);
        var timestamp = FeedTimestamp.Read((await timestampBytes.ConfigureAwait(false) ?? throw NotThere()).Bytes.Span, files.Address);
        Require(description, timestamp, trust);
        return (description, timestamp);
    }

    /// <summary>To be called when everything that the refs name has been verified.</summary>
    public void Keep()
    {
        foreach (var (name, read) in _fresh.OrderBy(pair => pair.Key == FeedLayout.Timestamp))
        {
            cache.KeepRef(_key, name, read.Bytes.Span);
            cache.KeepRef(_key, name + ValidatorSuffix, Encoding.UTF8.GetBytes(
                $"{ContentHash.Of(read.Bytes.Span)}\n{read.Validator?.ETag}\n{read.Validator?.LastModified}\n"));
        }

        _fresh.Clear();
    }

    /// <summary>The timestamp that was kept before; null on first contact.</summary>
    public FeedTimestamp? Previous()
    {
        try
        {
            return cache.FindRef(_key, FeedLayout.Timestamp) is { } bytes ? FeedTimestamp.Read(bytes, files.Address) : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private readonly Dictionary<string, FetchedFile.Found> _fresh = new(StringComparer.Ordinal);

    private async Task<FetchedFile.Found?> FetchAsync(string name, int bytesMax, CancellationToken cancellation)
    {
        if (reading == FeedReading.Offline && files.IsRemote)
        {
            return cache.FindRef(_key, name) is { } kept ? new(kept, null) : throw Offline();
        }

        var (bytes, validator) = files.IsRemote ? Kept(name) : default;
        switch (await files.ReadAsync(name, bytesMax, validator, cancellation).ConfigureAwait(false))
        {
            case FetchedFile.Found found:
                lock (_fresh)
                {
                    _fresh[name] = found;
                }

                return found;
            case FetchedFile.Unchanged:
                return new(bytes!, validator);
            default:
                return null;
        }
    }

    /// <summary>A validator counts only beside the bytes it was given with.</summary>
    private (byte[]? Bytes, FileValidator? Validator) Kept(string name)
    {
        if (cache.FindRef(_key, name) is not { } bytes || cache.FindRef(_key, name + ValidatorSuffix) is not { } line)
        {
            return default;
        }

        var parts = Encoding.UTF8.GetString(line).Split('\n');
        return parts is [var hash, var etag, var time, ..] && hash == ContentHash.Of(bytes).ToString() && (etag.Length > 0 || time.Length > 0)
            ? (bytes, new(etag.Length > 0 ? etag : null, time.Length > 0 ? time : null))
            : default;
    }

    private void Require(FeedDescription description, FeedTimestamp timestamp, FeedTrust trust)
    {
        if (description.Id != timestamp.FeedId)
        {
            throw new Problem(
                ProblemCode.FeedMalformed, $"{files.Address} calls itself `{description.Id}` in one file and `{Printable.Clip(timestamp.FeedId, 100)}` in another",
                "tell whoever runs the registry").Raise();
        }

        if (trust == FeedTrust.RequireSigned && (description.Trust == FeedTrustMode.Unsigned || timestamp.Signatures.IsEmpty))
        {
            throw new Problem(
                ProblemCode.FeedUnsigned, $"registry `{registry}` ({files.Address}) is not signed, and signatures are required for it",
                "remove `verify_signatures = true` from its entry to use it as it is").Raise();
        }
    }

    private ProblemException NotThere() => new Problem(
        ProblemCode.FeedNotFound, $"there is no registry at {files.Address}",
        $"correct the address of `{registry}` with `cairn registry add {registry} ADDRESS`, or make a feed with `cairn feed init`").Raise();

    private ProblemException Offline() => new Problem(
        ProblemCode.OfflineMissing, $"nothing of registry `{registry}` ({files.Address}) is on this computer",
        "run the command once without --offline").Raise();
}
