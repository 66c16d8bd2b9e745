package replay

import "ddmon/internal/evaluate"

// tracks is what one run of a monitor found: one track for each of its groups.
type tracks []track

// track is one group's way through a run.
type track struct {
	tags    evaluate.Tags
	start   int64
	initial Status
	changes []turn
	points  []point // only of the primary run
}

// turn is a change of status at a time; value is NaN where there is none.
type turn struct {
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

// status is a group's at a time.
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
