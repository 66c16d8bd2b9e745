package operation_test

import (
	"bytes"
	"strings"
	"testing"

	"ddmon/internal/ddapi"
	"ddmon/internal/operation"
	"ddmon/internal/planfile"
)

const apiKey = "0123456789abcdef0123456789abcdef"

// secret declares a sensitive variable.
const secret = "variable \"pin\" {\n  default = \"quiet river\"\n  sensitive = true\n}\n"

// TestSavedPlans: a saved plan is restored if no object has changed.
func TestSavedPlans(t *testing.T) {
	here := operation.Origin{Tool: "1", Datadog: "https://api.example.com"}
	keys := operation.Keys{API: apiKey}
	for name, tt := range map[string]struct {
		meanwhile func(t *testing.T, s *savedPlan)
		fails     string
	}{
		"unchanged":          {func(*testing.T, *savedPlan) {}, ""},
		"edited in Datadog":  {func(t *testing.T, s *savedPlan) { editOutside(t, s.client) }, "the plan is stale, nothing was changed:\n  monitor.depth"},
		"another Datadog":    {func(_ *testing.T, s *savedPlan) { s.at.Datadog = "https://api.example.org" }, "https://api.example.org"},
		"another version":    {func(_ *testing.T, s *savedPlan) { s.at.Tool = "2" }, "2"},
		"another key":        {func(_ *testing.T, s *savedPlan) { s.keys.API = strings.ToUpper(apiKey) }, "DD_API_KEY"},
		"no key":             {func(_ *testing.T, s *savedPlan) { s.keys.API = "" }, "DD_API_KEY"},
		"a key of one's own": {func(_ *testing.T, s *savedPlan) { s.keys.Plan = apiKey }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			client := datadog(t)
			w := workspace(t, secret+strings.Replace(threshold("5"), "queue is long", "${var.pin}", 1))
			applied(t, client, w)
			edit(t, w, secret+strings.Replace(threshold("6"), "queue is long", "${var.pin} it is", 1))
			in := input(t, w)
			key, err := keys.ForSaving(true)
			if err != nil {
				t.Fatal(err)
			}
			var file bytes.Buffer
			p := planned(t, client, in)
			if err := p.Save(&file, here, key); err != nil {
				t.Fatal(err)
			}
			if !p.HasSecrets() || strings.Contains(file.String(), "quiet river") {
				t.Errorf("a secret is saved: %s", file.String())
			}
			saved, err := planfile.Load(&file)
			if err != nil {
				t.Fatal(err)
			}
			s := &savedPlan{client: client, at: here, keys: keys}
			tt.meanwhile(t, s)
			restored, err := operation.Restore(t.Context(), client, in, saved, s.at, s.keys)
			if tt.fails != "" {
				if err == nil || !strings.Contains(err.Error(), tt.fails) {
					t.Errorf("%v, want %s", err, tt.fails)
				}
				return
			}
			if err != nil || actions(restored.Changes) != "monitor.depth update" || !restored.Saved || restored.Live != 1 {
				t.Errorf("%+v, %v", restored, err)
			}
		})
	}
}

// TestSavedPlansReadEachObject: a field that lists do not have was read when the plan was made, so it is read again before
// the plan is compared with Datadog. Without that, every such plan would be stale.
func TestSavedPlansReadEachObject(t *testing.T) {
	here, keys := operation.Origin{Tool: "1", Datadog: "https://api.example.com"}, operation.Keys{API: apiKey}
	for _, fields := range []string{
		`assets = [{ category = "runbook", name = "R", url = "/r" }]`, `restriction_policy = { bindings = [{ relation = "editor", principals = ["org:abc"] }] }`,
	} {
		client, w := datadog(t), workspace(t, simpleWith(fields))
		applied(t, client, w)
		edit(t, w, simpleWith(fields+"\npriority = 2"))
		in := input(t, w)
		key, err := keys.ForSaving(true)
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := planned(t, client, in).Save(&file, here, key); err != nil {
			t.Fatal(err)
		}
		saved, err := planfile.Load(&file)
		if err != nil {
			t.Fatal(err)
		}
		restored, err := operation.Restore(t.Context(), client, in, saved, here, keys)
		if err != nil || actions(restored.Changes) != "monitor.a update" {
			t.Errorf("%s: %v", fields, err)
		}
	}
}

// TestHasSecrets: a plan has secrets if its stack declares a sensitive variable, or an object contains a sensitive
// value.
func TestHasSecrets(t *testing.T) {
	client := datadog(t)
	for blocks, want := range map[string]bool{threshold("5"): false, secret + threshold("5"): true} {
		if p := planned(t, client, input(t, workspace(t, blocks))); p.HasSecrets() != want {
			t.Errorf("%t with %s", p.HasSecrets(), blocks)
		}
	}
}

// savedPlan is the context in which a saved plan is applied.
type savedPlan struct {
	client *ddapi.Client
	at     operation.Origin
	keys   operation.Keys
}

// TestHashKeys: a key that could be guessed is not used for the hashes of a saved plan.
func TestHashKeys(t *testing.T) {
	own := apiKey[:16]
	for name, tt := range map[string]struct {
		keys      operation.Keys
		hasAPIKey bool
		name, key string
		fails     bool
	}{
		"Datadog's":             {operation.Keys{API: apiKey}, true, operation.APIKeyVariable, apiKey, false},
		"a short one":           {operation.Keys{API: apiKey[:31]}, true, operation.APIKeyVariable, "", false},
		"none":                  {operation.Keys{}, true, operation.APIKeyVariable, "", false},
		"the sandbox":           {operation.Keys{API: apiKey}, false, "", "", false},
		"one's own":             {operation.Keys{API: apiKey, Plan: own}, true, operation.PlanKeyVariable, own, false},
		"one's own, in sandbox": {operation.Keys{Plan: own}, false, operation.PlanKeyVariable, own, false},
		"one's own, too short":  {operation.Keys{API: apiKey, Plan: own[:15]}, true, "", "", true},
	} {
		key, err := tt.keys.ForSaving(tt.hasAPIKey)
		if key.Name != tt.name || string(key.Bytes) != tt.key || (err != nil) != tt.fails {
			t.Errorf("%s: %q %q, %v", name, key.Name, key.Bytes, err)
		}
	}
}
