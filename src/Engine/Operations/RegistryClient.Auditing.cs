namespace Registry.Engine.Operations;

// What has to do with advisories.
public sealed partial class RegistryClient
{
    /// <summary>The advisories of the user.</summary>
    internal AdvisoryLibrary Advisories => new(Settings.Folders.Advisories);

    /// <summary>Copies of what feeds in folders publish, and what was made of them; may be deleted at any time.</summary>
    internal AdvisoryShelf FolderAdvisories => new(Path.Combine(Settings.Folders.Cache, "advisories"));

    /// <summary>What is to be known of the locked packages of a project.</summary>
    public Query<AuditReport> Audit(AuditRequest request) => new Audit(this, request);

    /// <summary>Get rid of as many findings as possible.</summary>
    public FixFindings FixFindings(ChangeRequest request, AuditFixRequest fixes) => new(this, request, fixes);

    /// <summary>One change that gets rid of findings, for a plan with others in it.</summary>
    public Query<AuditFixesReport> AuditFixes(AuditFixRequest request) => new AuditFixes(this, request);

    /// <summary>The known flaws that a plan brings in and takes out.</summary>
    public Query<AdvisoryShift> PlanAdvisories(ChangePlan plan) => new PlanAdvisories(this, plan);

    /// <summary>An audit as a file: `.sarif`, `.md`, else JSON. Gives back the file.</summary>
    /// <param name="file">Absolute; replaced when it is there.</param>
    public Query<string> WriteAudit(AuditReport report, string file) => new WriteAudit(this, report, file);

    /// <summary>Live with a flaw for a while.</summary>
    public ProjectChange AcceptRisk(ChangeRequest request, AcceptRiskRequest risk) => new AcceptRisk(this, request, risk);

    /// <summary>Take the advisories that registries publish.</summary>
    public Change<AdvisoriesReport, AdvisoriesReport> UpdateAdvisories(AdvisoriesUpdateRequest request) => new UpdateAdvisories(this, request);

    /// <summary>Take advisories from files.</summary>
    public Change<AdvisoriesReport, AdvisoriesReport> ImportAdvisories(AdvisoriesImportRequest request) => new ImportAdvisories(this, request);

    /// <param name="name">Of a source, or its address or path.</param>
    public Change<AdvisoriesReport, AdvisoriesReport> RemoveAdvisories(string name) => new RemoveAdvisories(this, name);

    /// <summary>What advisories there are, and how old.</summary>
    public Query<AdvisoriesReport> AdvisoriesStatus() => new AdvisoriesStatus(this);

    /// <summary>Put advisories into a feed.</summary>
    public Change<FeedAdvisoriesReport, FeedAdvisoriesReport> FeedAdvisories(FeedAdvisoriesRequest request) => new FeedAdvisories(this, request);
}
