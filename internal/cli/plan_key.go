package cli

import (
	"fmt"
	"maps"
	"slices"

	"ddmon/internal/config"
	"ddmon/internal/plan"
)

// The keys that sensitive values in a saved plan are hashed with. Datadog's is at hand wherever plan and apply run; one
// of their own is for those who use another API key for each.
const (
	planKeyVariable = "DDMON_PLAN_KEY"
	apiKeyVariable  = "DD_API_KEY"
)

// The least lengths of keys, in characters: a shorter one could be guessed itself. Datadog's API keys have 32 hexadecimal
// digits; what is shorter is a word that a sandbox or a proxy accepts in place of one.
const (
	shortestPlanKey   = 16
	shortestHashedKey = 32
)

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

// warnOfNoKey says that the sensitive values of a plan are saved without a key, although there is a Datadog with keys.
func (s *session) warnOfNoKey(secrets map[string][]string) {
	hasSecrets := func(c plan.Change) bool { return c.Desired.HasSecrets() }
	if s.conn.sandbox || len(secrets) == 0 && !slices.ContainsFunc(s.changes.Changes, hasSecrets) {
		return
	}
	s.app.say("Warning: %s has fewer than %d characters, so short sensitive values in the saved plan can be guessed. Set %s to a long "+
		"random text for plan and apply.", apiKeyVariable, shortestHashedKey, planKeyVariable)
}

// planKeyNamed returns the key that a saved plan names; nil if there is none, or only one that could be guessed.
func (a *App) planKeyNamed(name string) []byte {
	switch name {
	case planKeyVariable:
		if key := a.env(planKeyVariable); len(key) >= shortestPlanKey {
			return []byte(key)
		}
	case apiKeyVariable:
		if key := a.env(apiKeyVariable, "DATADOG_API_KEY"); len(key) >= shortestHashedKey {
			return []byte(key)
		}
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
