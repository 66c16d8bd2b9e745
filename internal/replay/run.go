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
