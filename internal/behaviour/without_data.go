package behaviour

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/series"
)

// WithoutData is a changed monitor whose data no recording has.
type WithoutData struct {
	Address object.Address `json:"address"`
	// Unrecorded is the data, in words.
	Unrecorded []string `json:"unrecorded"`
}

// addWithoutData adds the changed monitors whose data no recording has. A similar recorded name suggests a mistake.
func (r *Report) addWithoutData(list []*entry, recordings []*series.Recording) {
	for _, e := range list {
		if !e.affected || e.after == nil || slices.ContainsFunc(recordings, e.readsFrom) {
			continue
		}
		one, similar := WithoutData{Address: e.change.Address}, ""
		for _, rec := range recordings {
			for _, u := range e.after.Unrecorded(rec) {
				if text := u.String(); !slices.Contains(one.Unrecorded, text) {
					one.Unrecorded = append(one.Unrecorded, text)
				}
				if u.Similar != "" && similar == "" {
					similar = u.String()
				}
			}
		}
		if len(one.Unrecorded) == 0 {
			continue
		}
		r.WithoutData = append(r.WithoutData, one)
		if similar != "" {
			effect := Effect{Address: e.change.Address, After: Verdict{Exists: true, Reason: similar}}
			r.NotEvaluated = append(r.NotEvaluated, notEvaluated(effect))
		}
	}
}
