package expect

import (
	"slices"
	"time"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// CoverageReport says what the tests and the monitors leave out.
type CoverageReport struct {
	// Monitors has one entry for each monitor of the stack, in its order.
	Monitors []Covered
	// Incidents has one entry for each recording with the phase incident_start, in their order.
	Incidents []Incident
}

// Covered says which tests show that a monitor can alert.
type Covered struct {
	Address string
	// Tests are the names of those that expect the monitor to be in Alert, and find that it is.
	Tests []string
	// Through are the composites that a test finds in Alert as expected, with this member in Alert too in the same run.
	Through []string
	// Reason says why the monitor is not evaluated in some recording, as it was in no other; "" if it is.
	Reason string
}

// Exercised reports whether any test would notice if the monitor never alerted.
func (c Covered) Exercised() bool { return len(c.Tests) > 0 || len(c.Through) > 0 }

// Incident is a recorded one.
type Incident struct {
	Recording string
	// Start and End are its phases incident_start and incident_end; without the latter, End is that of the recording.
	Start, End time.Time
	// CaughtBy are the monitors that tell somebody of it, the first to do so first; none if nobody would have known.
	CaughtBy []Catch
}

// Catch is the first message by which a monitor tells somebody of an incident.
type Catch struct {
	Address string
	At      time.Time
	// After is how long after the incident's start that is at the worst second of evaluation.
	After time.Duration
}

// catchGrace is how long after its end an incident is still told of: a window has to fill, and an evaluation to come.
const catchGrace = 5 * time.Minute

// Coverage finds the monitors among a stack's objects that no test exercises in Alert, and the recorded incidents that
// none of them catches. recordings are all there are, with or without a test; where no test has replayed the stack over
// one, that is done here.
//
// A member of a composite is exercised through it if the member itself is in Alert in a run in which a test rightly
// expects the composite to be: had it not been, the composite would have had nothing to go by.
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

// notEvaluated returns why a monitor is evaluated in no run.
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

// exercised returns the monitors that a test rightly expects to be in Alert, each once.
func exercised(o *Outcome) []string {
	if o.Result == nil {
		return nil
	}
	var list []string
	c := &checker{clock{o.Recording}, o.Test.Objects, o.Result.Reveal(), o.Result}
	for i := range o.Test.Expects {
		e := &o.Test.Expects[i]
		if e.Status != testfile.StatusAlert {
			continue
		}
		for _, address := range e.Monitors {
			if text := address.String(); !slices.Contains(list, text) && len(c.expect(e, address)) == 0 {
				list = append(list, text)
			}
		}
	}
	return list
}

// alerting returns those of some monitors that are in Alert in a run.
func alerting(addresses []string, res *replay.Result) []string {
	return slices.DeleteFunc(addresses, func(address string) bool {
		m := resultOf(address, res)
		return m == nil || !slices.ContainsFunc(m.Groups, func(g replay.GroupResult) bool {
			return slices.ContainsFunc(g.Transitions, func(t replay.Transition) bool { return t.To == replay.Alert })
		})
	})
}

// resultOver returns the stack's replay over a recording; nil if there can be none.
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

// incident finds who is told of a recorded one.
func incident(rec *series.Recording, res *replay.Result) Incident {
	c := clock{rec}
	start, _ := c.phase(testfile.DefaultAfter)
	end, err := c.phase(testfile.DefaultRecoveredAfter)
	if err != nil {
		end = c.end()
	}
	in := Incident{Recording: rec.Name, Start: start, End: end}
	if res == nil {
		return in
	}
	for i := range res.Monitors {
		m := &res.Monitors[i]
		for _, n := range m.Notifications {
			latest, sure := seenByAll(m, n)
			if n.At.Before(start) || n.At.After(end.Add(catchGrace)) || !warns(n) || !sure {
				continue
			}
			in.CaughtBy = append(in.CaughtBy, Catch{Address: m.Address, At: n.At, After: latest.Sub(start)})
			break
		}
	}
	slices.SortStableFunc(in.CaughtBy, func(a, b Catch) int { return a.At.Compare(b.At) })
	return in
}

// warns reports whether a notification tells somebody of something that begins.
func warns(n replay.Notification) bool {
	return len(n.Handles) > 0 && n.Kind != replay.KindRecovery && n.Kind != replay.KindRenotify
}

// seenByAll reports whether a notification is sent at whatever second the monitor is evaluated, and when at the latest.
func seenByAll(m *replay.MonitorResult, n replay.Notification) (latest time.Time, ok bool) {
	for _, g := range m.Groups {
		for _, t := range g.Transitions {
			if t.To == n.To && t.At.Equal(n.At) && t.Share >= 1-rounding {
				return t.Latest, true
			}
		}
	}
	return time.Time{}, false
}
