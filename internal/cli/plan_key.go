package cli

import (
	"fmt"
	"maps"

	"ddmon/internal/config"
)

// The keys that sensitive values in a saved plan are hashed with. Datadog's is at hand wherever plan and apply run; one
// of their own is for those who use another API key for each.
const (
	planKeyVariable = "DDMON_PLAN_KEY"
	apiKeyVariable  = "DD_API_KEY"
)

// shortestPlanKey is how many characters a key of one's own has at least, so that it cannot be guessed itself.
const shortestPlanKey = 16

// planKey returns the key to save a plan with and where it comes from; nothing with the sandbox, which has none.
func (a *App) planKey(conn *connection) (name string, key []byte, err error) {
	if own := a.env(planKeyVariable); own != "" {
		a.hide.learnKeys(own)
		if len(own) < shortestPlanKey {
			return "", nil, fmt.Errorf("%s has fewer than %d characters, so it could be guessed: set a longer one", planKeyVariable, shortestPlanKey)
		}
		return planKeyVariable, []byte(own), nil
	}
	if conn.sandbox {
		return "", nil, nil
	}
	return apiKeyVariable, a.planKeyNamed(apiKeyVariable), nil
}

// planKeyNamed returns the key that a saved plan names; nil if there is none.
func (a *App) planKeyNamed(name string) []byte {
	switch name {
	case planKeyVariable:
		return []byte(a.env(planKeyVariable))
	case apiKeyVariable:
		return []byte(a.env(apiKeyVariable, "DATADOG_API_KEY"))
	}
	return nil
}

// secretsOf are the texts to keep out of a saved plan: the values of sensitive variables, and what was computed from them.
func secretsOf(stack *config.Stack) map[string][]string {
	all := maps.Clone(stack.Sensitive)
	for name, texts := range stack.Derived {
		all[name] = append(all[name][:len(all[name]):len(all[name])], texts...)
	}
	return all
}
