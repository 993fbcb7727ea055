using Registry.Engine.Progress;

namespace Registry.Tui.Screens;

/// <summary>A question to the engine, as a value: equal questions are equal. It runs outside the UI thread.</summary>
internal abstract record Inquiry : Effect
{
    /// <summary>A newer inquiry with the same mark takes the place of an older one, which is cancelled. Null: they stand beside each other.</summary>
    public virtual string? Replaces => null;

    /// <summary>One of many that fast scrolling asks for: only a few run at once.</summary>
    public virtual bool IsMinor => false;

    /// <summary>It changes the project: one of these runs at a time, and edits of the plan wait for it.</summary>
    public virtual bool Writes => false;

    /// <param name="progress">What a job tells on its way; nobody listens to an inquiry that is no job.</param>
    public abstract Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation);
}
