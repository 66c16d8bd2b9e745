package expect

import (
	"slices"
	"time"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// CoverageReport reports what the tests cover and what the monitors detect.
type CoverageReport struct {
	// Monitors has one entry for each monitor, in the order of the stack.
	Monitors []Covered
	// Incidents has one entry for each recording with the phase incident_start, in the order of the recordings.
	Incidents []Incident
}

// Covered lists the tests that prove that a monitor can alert.
type Covered struct {
	Address string
	// Tests are the names of the tests that expect the monitor to alert and pass.
	Tests []string
	// Through are the composites that alert as expected by a test while this member alerts in the same replay.
	Through []string
	// Reason is why the monitor could not be evaluated in any recording; "" if it was evaluated.
	Reason string
}

// Exercised reports whether a test would fail if the monitor never alerted.
func (c Covered) Exercised() bool { return len(c.Tests) > 0 || len(c.Through) > 0 }

// Incident is a recorded incident.
type Incident struct {
	Recording string
	// Start and End are the phases incident_start and incident_end. Without incident_end, End is the end of the recording.
	Start, End time.Time
	// DetectedBy are the monitors that notify someone, the first one first; empty if the incident goes undetected.
	DetectedBy []Detection
}

// Detection is the first notification of an incident by a monitor.
type Detection struct {
	Address string
	At      time.Time
	// After is the delay since the start of the incident at the worst second of evaluation.
	After time.Duration
}

// detectionGrace is how long after the incident a notification still counts, because windows must fill and monitors are
// evaluated only once a minute.
const detectionGrace = 5 * time.Minute

// Coverage finds the monitors that no test proves able to alert, and the recorded incidents that no monitor detects.
// recordings are all recordings, with or without a test. A recording that no test has replayed with these objects is
// replayed here.
//
// A member of a composite is covered if it alerts itself in a replay in which a passing test expects the composite to
// alert: without the member, the composite would not have alerted.
func Coverage(objects []*object.Object, outcomes []Outcome, recordings []*series.Recording, o replay.Options) CoverageReport {
	var report CoverageReport
	monitors := Monitors(objects)
	at := map[string]int{}
	for i, m := range monitors {
		at[m.Address] = i
		report.Monitors = append(report.Monitors, Covered{Address: m.Address, Reason: notEvaluated(m.Address, outcomes)})
	}
	for i := range outcomes {
		for _, address := range exercised(&outcomes[i]) {
			k, ok := at[address]
			if !ok {
				continue
			}
			c := &report.Monitors[k]
			c.Tests = append(c.Tests, outcomes[i].Test.Name)
			for _, member := range alerting(members(monitors[k], monitors), outcomes[i].Result) {
				if m, ok := at[member]; ok && !slices.Contains(report.Monitors[m].Through, address) {
					report.Monitors[m].Through = append(report.Monitors[m].Through, address)
				}
			}
		}
	}
	for _, rec := range recordings {
		if _, ok := rec.Phase(testfile.DefaultAfter); ok {
			report.Incidents = append(report.Incidents, incident(rec, resultOver(rec, objects, outcomes, o)))
		}
	}
	return report
}

// notEvaluated returns why a monitor could not be evaluated in any replay; "" if it was.
func notEvaluated(address string, outcomes []Outcome) string {
	reason := ""
	for i := range outcomes {
		m := resultOf(address, outcomes[i].Result)
		switch {
		case m == nil:
		case m.Evaluated:
			return ""
		default:
			reason = m.Reason
		}
	}
	return reason
}

// exercised returns the monitors that a passing test expects to alert, each once.
func exercised(o *Outcome) []string {
	if !o.Passed() {
		return nil
	}
	var list []string
	for i := range o.Test.Expects {
		e := &o.Test.Expects[i]
		if e.Status != testfile.StatusAlert {
			continue
		}
		for _, address := range e.Monitors {
			if text := address.String(); !slices.Contains(list, text) {
				list = append(list, text)
			}
		}
	}
	return list
}

// alerting returns the monitors that alert in a replay.
func alerting(addresses []string, res *replay.Result) []string {
	return slices.DeleteFunc(addresses, func(address string) bool {
		m := resultOf(address, res)
		return m == nil || !slices.ContainsFunc(m.Groups, func(g replay.GroupResult) bool {
			return slices.ContainsFunc(g.Transitions, func(t replay.Transition) bool { return t.To == replay.Alert })
		})
	})
}

// resultOver returns the replay of the stack over a recording; nil if it fails.
func resultOver(rec *series.Recording, objects []*object.Object, outcomes []Outcome, o replay.Options) *replay.Result {
	stack := Outcome{Recording: rec, Test: testfile.Test{Objects: objects}}
	for i := range outcomes {
		if jobOf(&outcomes[i]) == jobOf(&stack) && outcomes[i].Result != nil {
			return outcomes[i].Result
		}
	}
	res, err := replay.Run(Monitors(objects), rec, o)
	if err != nil {
		return nil
	}
	return res
}

// incident determines which monitors detect the incident of a recording.
func incident(rec *series.Recording, res *replay.Result) Incident {
	c := clock{rec}
	start, _ := c.phase(testfile.DefaultAfter)
	end, ok := c.phase(testfile.DefaultRecoveredAfter)
	if !ok {
		end = c.end()
	}
	in := Incident{Recording: rec.Name, Start: start, End: end}
	if res == nil {
		return in
	}
	seen := map[string]bool{}
	for _, p := range ProblemNotifications(res) {
		if !seen[p.Address] && p.IsCertain() && !p.At.Before(start) && !p.At.After(end.Add(detectionGrace)) {
			seen[p.Address] = true
			in.DetectedBy = append(in.DetectedBy, Detection{Address: p.Address, At: p.At, After: p.Latest.Sub(start)})
		}
	}
	return in
}
