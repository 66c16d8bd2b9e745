package cli

import (
	"fmt"
	"strings"
	"time"

	"ddmon/internal/ddapi"
)

// noticed is how long a wait must be to be reported.
const noticed = 2 * time.Second

// trace reports requests: all of them with DDMON_LOG=debug, else those that wait long enough to notice.
func (a *App) trace() func(ddapi.Exchange) {
	debug := a.env("DDMON_LOG") == "debug"
	return func(x ddapi.Exchange) {
		switch {
		case debug:
			a.say("%s", debugLine(x))
		case x.Wait >= noticed:
			a.say("%s", waitLine(x))
		}
	}
}

func debugLine(x ddapi.Exchange) string {
	parts := []string{fmt.Sprintf("debug: %s %s", x.Method, x.Path)}
	if x.Status != 0 {
		parts = append(parts, fmt.Sprint(x.Status))
	}
	if x.Try > 1 {
		parts = append(parts, fmt.Sprintf("(try %d)", x.Try))
	}
	if x.Err != "" {
		parts = append(parts, x.Err)
	}
	if x.Wait > 0 {
		parts = append(parts, fmt.Sprintf("- again in %s", x.Wait.Round(time.Millisecond)))
	}
	return strings.Join(parts, " ")
}

func waitLine(x ddapi.Exchange) string {
	if x.Status == 429 {
		return fmt.Sprintf("Waiting %s for Datadog's rate limit %s.", x.Wait.Round(time.Second), x.Budget)
	}
	return fmt.Sprintf("Waiting %s before %s %s is tried again: %s", x.Wait.Round(time.Second), x.Method, x.Path, x.Err)
}
