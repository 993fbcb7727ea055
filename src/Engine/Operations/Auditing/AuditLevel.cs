namespace Registry.Engine.Operations;

/// <summary>From which severity on an audit says no.</summary>
public enum AuditLevel
{
    /// <summary>Any flaw that can harm, and any licence that is not allowed.</summary>
    Any,

    /// <summary>Words about packages too: that nobody looks after one, for example.</summary>
    Notice,
    Low,
    Medium,
    High,
    Critical,
    Never,
}
