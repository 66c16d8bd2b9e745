package recorded

import (
	"context"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/guide"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// The phases of a recording that a guide uses.
const (
	IncidentStart = "incident_start"
	IncidentEnd   = "incident_end"
	RecoveryStart = "recovery_start"
)

// Run runs a guide on a recording. A control window is in the recording that the control names, or else the part before
// incident_start. load reads the other recordings; if that fails, Run returns its diagnostics. o has the times of the
// run; Run sets the rest. The monitors answer questions about their status.
func Run(ctx context.Context, g *guide.Guide, rec *series.Recording, monitors []replay.Monitor, o guide.Options,
	load func(string) (*series.Recording, hcl.Diagnostics)) (*guide.Result, hcl.Diagnostics, error) {
	return RunOn(ctx, g, rec, func(rec *series.Recording) guide.Source { return New(rec, monitors) }, o, load)
}

// RunOn is Run with another source of the answers for each recording.
func RunOn(ctx context.Context, g *guide.Guide, rec *series.Recording, sourceOf func(*series.Recording) guide.Source, o guide.Options,
	load func(string) (*series.Recording, hcl.Diagnostics)) (*guide.Result, hcl.Diagnostics, error) {
	source := sourceOf(rec)
	own := guide.Place{Window: guide.Window{From: timeOf(rec, rec.Start), To: o.At}, Source: source}
	o.Start = own.From
	if start, ok := rec.Phase(IncidentStart); ok {
		own.To = timeOf(rec, start.At)
		o.Incident = guide.Window{From: own.To, To: timeOf(rec, rec.End)}
		if end, ok := rec.Phase(IncidentEnd); ok {
			o.Incident.To = timeOf(rec, end.At)
		}
	}
	places := map[string]guide.Place{"": own}
	for _, path := range g.ControlRecordings() {
		other, diags := load(path)
		if other == nil {
			return nil, diags, nil
		}
		places[path] = guide.Place{
			Window: guide.Window{From: timeOf(other, other.Start), To: timeOf(other, other.End)},
			Source: sourceOf(other), Name: other.Name,
		}
	}
	o.Place = func(c guide.Control) guide.Place { return places[c.Recording] }
	result, err := guide.Run(ctx, g, source, o)
	return result, nil, err
}

func timeOf(rec *series.Recording, ms int64) time.Time { return time.UnixMilli(ms).In(rec.Location) }
