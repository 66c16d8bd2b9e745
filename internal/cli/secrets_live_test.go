package cli_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"ddmon/internal/sandbox"
)

// liveStack has an object of each kind with a secret in its name and in fields from which Datadog derives others.
const liveStack = `
stack "shop" { tags = ["team:shop"] }
variable "m" { sensitive = true }
variable "t" { sensitive = true }
monitor "x" {
  name    = "n ${var.m}"
  type    = "query alert"
  query   = "avg(last_5m):avg:app.${var.m}{*} > 2"
  message = "@slack-a"
  PROTECTED
}
monitor "unnamed" {
  type    = "query alert"
  query   = "avg(last_5m):avg:app.${var.m}.size{*} > 3"
  message = "@slack-a"
}
dashboard "y" {
  title       = "t ${var.m}"
  layout_type = "ordered"
  widgets     = []
  PROTECTED
}
slo "z" {
  name = "s ${var.m}"
  type = "metric"
  query {
    numerator   = "sum:${var.m}.good{*}.as_count()"
    denominator = "sum:${var.m}.all{*}.as_count()"
  }
  thresholds {
    timeframe = "7d"
    target    = var.t
    warning   = var.t + 1
  }
  PROTECTED
}
downtime "w" {
  scope              = "env:${var.m}"
  monitor_identifier = { monitor_tags = ["team:shop"] }
  schedule           = { start = "2036-01-01T00:00:00Z", end = "2036-01-02T00:00:00Z" }
  PROTECTED
}
`

// withoutSecrets is liveStack with other values in place of the secrets.
func withoutSecrets() string {
	return strings.NewReplacer(`variable "m" { sensitive = true }`, `variable "m" { default = "abc" }`,
		`variable "t" { sensitive = true }`, `variable "t" { default = 90 }`).Replace(liveStack)
}

// TestNoLiveSecretAnywhere: secrets of the live objects stay hidden after the configuration has changed, whatever the
// object is called in Datadog and whatever Datadog derived from them.
func TestNoLiveSecretAnywhere(t *testing.T) {
	t.Parallel()
	protected := strings.NewReplacer("PROTECTED", "lifecycle { prevent_destroy = true }")
	open := strings.NewReplacer("PROTECTED", "")
	const onlyStack = `stack "shop" { tags = ["team:shop"] }`
	literals := strings.ReplaceAll(liveStack, `type = "metric"`, "type = \"metric\"\n  target_threshold = 50\n  warning_threshold = 60\n  timeframe = \"30d\"")
	for name, after := range map[string]string{
		"rotated":                   liveStack,
		"rotated, with literals":    literals,
		"no secrets any more":       withoutSecrets(),
		"no blocks any more":        onlyStack,
		"renamed":                   strings.NewReplacer(`"x"`, `"x2"`, `"y"`, `"y2"`, `"z"`, `"z2"`, `"w"`, `"w2"`).Replace(withoutSecrets()),
		"another form of the query": strings.ReplaceAll(liveStack, "  query {\n    numerator   = \"sum:${var.m}.good{*}.as_count()\"\n    denominator = \"sum:${var.m}.all{*}.as_count()\"\n  }", sliSpecification),
	} {
		for protection, replace := range map[string]*strings.Replacer{"": open, ", protected": protected} {
			t.Run(name+protection, func(t *testing.T) {
				t.Parallel()
				checkLiveSecrets(t, replace.Replace(liveStack), open.Replace(after))
			})
		}
	}
}

// sliSpecification is the query of the SLO of liveStack in Datadog's newer form.
const sliSpecification = `  sli_specification = { count = {
    good_events_formula  = { formula = "query1" }
    total_events_formula = { formula = "query2" }
    queries = [
      { data_source = "metrics", name = "query1", query = "sum:other.good{*}.as_count()" },
      { data_source = "metrics", name = "query2", query = "sum:other.all{*}.as_count()" },
    ]
  } }`

// checkLiveSecrets applies a stack with secrets, changes Datadog as users do, and looks for the secrets in what commands
// show of a later configuration with other secrets or none.
func checkLiveSecrets(t *testing.T, before, after string) {
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(box)
	defer server.Close()
	s := &secretive{dir: t.TempDir(), host: server.URL, environ: []string{"DDMON_VAR_m=quietriver", "DDMON_VAR_t=83.217"}}
	s.write(t, map[string]string{"stack.hcl": before})
	s.must(t, "apply", "--auto-approve")
	copyAndMute(t, server.URL)

	s.written.Reset()
	s.environ = []string{"DDMON_VAR_m=loudbrook", "DDMON_VAR_t=91.123"}
	s.write(t, map[string]string{"stack.hcl": after})
	s.run("plan")
	s.run("plan", "--json")
	s.run("plan", "--markdown", s.dir+"/plan.md")
	s.run("plan", "--out", s.dir+"/plan.json")
	s.run("drift")
	s.run("drift", "--json")
	s.run("destroy")
	s.run("destroy", "--json")
	s.keepFiles(t)
	forms := map[string]*regexp.Regexp{}
	for _, form := range []string{`(?i)quietriver`, `\b83\.217`, `\b84\.217`} {
		forms[form] = regexp.MustCompile(form)
	}
	s.lookFor(t, forms, "(sensitive value)")
}

// copyAndMute mutes the monitor, and adds a copy of it without a marker and one with half of it.
func copyAndMute(t *testing.T, host string) {
	t.Helper()
	send := func(method, path string, body any) []byte {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(t.Context(), method, host+path, strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("DD-API-KEY", "x")
		request.Header.Set("DD-APPLICATION-KEY", "x")
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		answer, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s %s: %s %s %v", method, path, response.Status, answer, err)
		}
		return answer
	}
	var monitors []map[string]any
	if err := json.Unmarshal(send(http.MethodGet, "/api/v1/monitor", nil), &monitors); err != nil {
		t.Fatal(err)
	}
	for _, m := range monitors {
		if m["name"] != "n quietriver" {
			continue
		}
		create := map[string]any{"name": m["name"], "type": m["type"], "query": m["query"], "message": "a copy", "tags": []any{}}
		send(http.MethodPost, "/api/v1/monitor", create)
		var half []any
		for _, tag := range m["tags"].([]any) {
			if !strings.HasPrefix(tag.(string), "ddmon_id:") {
				half = append(half, tag)
			}
		}
		create["tags"], create["message"], create["name"] = half, "half a copy", "half quietriver"
		send(http.MethodPost, "/api/v1/monitor", create)
		send(http.MethodPut, fmt.Sprintf("/api/v1/monitor/%.0f", m["id"]), map[string]any{"options": map[string]any{"silenced": map[string]any{"*": nil}}})
	}
}
