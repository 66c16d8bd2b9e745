package operation

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ddmon/internal/config"
	"ddmon/internal/guide"
	"ddmon/internal/guide/live"
	"ddmon/internal/object"
)

// LiveOptions are the options of VerifyLive.
type LiveOptions struct {
	// Guide is the name of the guide.
	Guide string
	// At is the time of the run, and Remediated that of the remediation; zero if unknown. Times are displayed in the
	// location of At.
	At, Remediated time.Time
	// Control is used instead of the guide's control window, if it is not empty. Steps with a control of their own keep it.
	Control  guide.Window
	Progress func(*guide.Step)
}

// LiveClient is a client of Datadog that counts its requests.
type LiveClient interface {
	live.Client
	Requests() int
}

// VerifyLive runs a guide of a stack on the data in Datadog.
func VerifyLive(ctx context.Context, client LiveClient, stack *config.Stack, o LiveOptions) (*Verified, error) {
	g, err := guideNamed(stack, o.Guide)
	if err != nil {
		return nil, err
	}
	source := live.New(client, markers(stack), o.At.Location())
	result, err := guide.Run(ctx, g, source, guide.Options{
		At: o.At, Remediated: o.Remediated, Progress: o.Progress, Requests: client.Requests,
		Place: func(c guide.Control) guide.Place {
			window := guide.Window{From: o.At.Add(-c.Offset - c.Window), To: o.At.Add(-c.Offset)}
			if o.Control.Length() > 0 && c == g.Control {
				window = o.Control
			}
			return guide.Place{Window: window, Source: source}
		},
	})
	if err != nil {
		return nil, err
	}
	return &Verified{Result: result}, nil
}

// markers returns the markers of the stack's objects by address. Questions name only monitors.
func markers(stack *config.Stack) map[string]object.Marker {
	all := map[string]object.Marker{}
	for _, o := range stack.Objects {
		all[o.Address.String()] = object.Marker{Stack: object.StackSlug(stack.Name), Slug: o.Address.Slug()}
	}
	return all
}

// ParseControl reads a control window: FROM/TO, with absolute times.
func ParseControl(text string) (guide.Window, error) {
	if text == "" {
		return guide.Window{}, nil
	}
	from, to, _ := strings.Cut(text, "/")
	start, err1 := time.Parse(time.RFC3339, from)
	end, err2 := time.Parse(time.RFC3339, to)
	if err1 != nil || err2 != nil || !start.Before(end) {
		return guide.Window{}, fmt.Errorf("invalid --control %q: use two absolute times, such as 2025-11-09T13:00:00Z/2025-11-09T13:30:00Z", text)
	}
	return guide.Window{From: start, To: end}, nil
}
