package cli

import (
	"fmt"
	"strings"
	"time"

	"ddmon/internal/ddapi"
)

// reportedWait is the shortest wait that is reported.
const reportedWait = 2 * time.Second

// trace reports requests: all of them with DDMON_LOG=debug, otherwise those with a long wait.
func (a *App) trace() func(ddapi.Exchange) {
	debug := a.env("DDMON_LOG") == "debug"
	return func(x ddapi.Exchange) {
		a.status.step()
		switch {
		case debug:
			a.logf("%s", debugLine(x))
		case x.Wait >= reportedWait:
			a.logf("%s", waitLine(x))
		}
	}
}

func debugLine(x ddapi.Exchange) string {
	parts := []string{fmt.Sprintf("debug: %s %s", x.Method, x.Path)}
	if x.Status != 0 {
		parts = append(parts, fmt.Sprint(x.Status))
	}
	if x.Attempt > 1 {
		parts = append(parts, fmt.Sprintf("(attempt %d)", x.Attempt))
	}
	if x.Err != "" {
		parts = append(parts, x.Err)
	}
	if x.Wait > 0 {
		parts = append(parts, fmt.Sprintf("- retry in %s", x.Wait.Round(time.Millisecond)))
	}
	return strings.Join(parts, " ")
}

func waitLine(x ddapi.Exchange) string {
	if x.Status == 429 {
		return fmt.Sprintf("Waiting %s for Datadog's rate limit %s.", x.Wait.Round(time.Second), x.Budget)
	}
	return fmt.Sprintf("Retrying in %s: %s %s: %s", x.Wait.Round(time.Second), x.Method, x.Path, x.Err)
}
