package replay

import "ddmon/internal/evaluate"

// tracks is the result of one run of a monitor: one track for each group.
type tracks []track

// track is the history of one group in a run.
type track struct {
	tags    evaluate.Tags
	start   int64
	initial Status
	changes []statusChange
	points  []point // only in the primary run
	hasData bool    // in any evaluation
}

// newTracks returns the tracks of a run. Only the primary run keeps points, one for each evaluation.
func newTracks(groups []evaluate.Tags, evaluations int, keep bool, a *evaluate.Account) tracks {
	a.Keep(len(groups), trackBytes)
	result := make(tracks, len(groups))
	for i, g := range groups {
		result[i].tags = g
		if keep {
			a.Keep(evaluations, pointBytes)
			result[i].points = make([]point, 0, evaluations)
		}
	}
	return result
}

// record adds an evaluation of the group.
func (t *track) record(a *evaluate.Account, now int64, from, to Status, value float64, keep bool) {
	t.hasData = t.hasData || !evaluate.Missing(value)
	if from != to {
		if t.start == 0 {
			t.start = now
		}
		a.Keep(1, changeBytes)
		t.changes = append(t.changes, statusChange{now, from, to, value})
	}
	if keep && t.start > 0 {
		t.points = append(t.points, point{now, value, to})
	}
}

// statusChange is a change of status at a time. value is NaN for missing data.
type statusChange struct {
	at       int64
	from, to Status
	value    float64
}

// point is one evaluation.
type point struct {
	at     int64
	value  float64
	status Status
}

// status returns the group's status at a time.
func (t *track) status(at int64) Status {
	s := t.initial
	for _, c := range t.changes {
		if c.at > at {
			break
		}
		s = c.to
	}
	return s
}
