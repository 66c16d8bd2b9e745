package guide

import "time"

// Verdict is the answer of a step.
type Verdict string

// Verdicts. Unknown means that ddmon could not tell.
const (
	OK      Verdict = "ok"
	Failed  Verdict = "failed"
	Unknown Verdict = "unknown"
)

// Outcome is the result of a guide.
type Outcome string

// Outcomes.
const (
	// Findings means that a conclusion holds.
	Findings Outcome = "findings"
	// Healthy means that every step is ok and no conclusion holds.
	Healthy Outcome = "healthy"
	// CouldNotTell is any other result.
	CouldNotTell Outcome = "could not tell"
)

// Result is the result of running a guide.
type Result struct {
	Guide *Guide
	At    time.Time
	// Control is the control window; ControlName is where it is, such as the name of a recording; "" if it is in the same
	// place as the other data.
	Control     Window
	ControlName string
	Steps       []StepResult
	Conclusions []ConclusionResult
	Outcome     Outcome
	// Preventing are the names of the steps that prevented a verdict, if the outcome is CouldNotTell.
	Preventing []string
}

// Step returns the result of a step, or nil.
func (r *Result) Step(name string) *StepResult {
	for i := range r.Steps {
		if r.Steps[i].Step.Name == name {
			return &r.Steps[i]
		}
	}
	return nil
}

// Concludes returns the names of the conclusions that hold.
func (r *Result) Concludes() []string {
	names := []string{}
	for _, c := range r.Conclusions {
		if c.Holds == True {
			names = append(names, c.Conclusion.Name)
		}
	}
	return names
}

// StepResult is the result of a step.
type StepResult struct {
	Step    *Step
	Window  Window
	Verdict Verdict
	// Reason says why the verdict is unknown; "" otherwise.
	Reason string
	// Groups are the results by group, sorted. Empty if the query was not answered.
	Groups []GroupResult
	// Causes are the causes of an empty answer, if the verdict depends on one.
	Causes []Cause
	// Hint says what to change in a query that never has hits; "" if ddmon has no suggestion.
	Hint string
	// Onset is when the step began to fail: the earliest onset of its groups. Zero if it is unknown.
	Onset time.Time
	// OutsideIncident means that the onset is outside the incident's phases.
	OutsideIncident bool
	// LastBefore and FirstAfter are the lines around a silence; nil if not found.
	LastBefore, FirstAfter *Line
	// Restored is how long after the remediation the expectation held again; 0 if it is unknown.
	Restored time.Duration
	// Requests is the number of questions that were asked for this step.
	Requests int
}

// GroupResult is the result of a step for one group.
type GroupResult struct {
	// Group has the group's tags joined by commas; "*" without groups.
	Group   string
	Verdict Verdict
	Checks  []Check
	// Points are the points of a metric or the counts of lines, for a plot.
	Points []Point
	Onset  time.Time
}

// Check is the comparison of an answer with one attribute of the expectation.
type Check struct {
	Attribute        string
	Expected, Actual string
	Verdict          Verdict
	// silent is the part of the window without data that the check depends on; nil if it does not depend on an absence.
	silent *Window
}

// Cause is a possible cause of an empty answer.
type Cause struct {
	Name     CauseName
	Excluded bool
	// Detail says why it is excluded, or why not.
	Detail string
}

// CauseName identifies a cause of an empty answer.
type CauseName string

// The causes of an empty answer.
const (
	WrongQuery   CauseName = "wrong query"   // a tag value, name or sigil that never has hits
	WrongProduct CauseName = "wrong product" // the data is elsewhere, such as events that are searched in logs
	PipelineDown CauseName = "pipeline down"
	IdleWorkload CauseName = "idle workload"
	SeriesEnded  CauseName = "series ended"
	QueryRefused CauseName = "query refused"
	NotRecorded  CauseName = "not recorded" // the recording declares it absent
)

// ConclusionResult is the result of a conclusion.
type ConclusionResult struct {
	Conclusion *Conclusion
	Holds      Truth
	// Reason says why it does not hold although its condition does: the onsets are too far apart, or unknown.
	Reason string
	// Onsets are the onsets of the findings that failed, in order of time.
	Onsets    []Onset
	Recovered Truth // "" without a condition
}

// Onset is when a step began to fail.
type Onset struct {
	Step string
	At   time.Time
	// After is the distance to the first onset.
	After time.Duration
}
