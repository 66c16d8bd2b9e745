package kind

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/object"
)

// recorded is one body that Datadog accepted, or that Datadog ships.
type recorded struct {
	file string
	kind string
	body map[string]any
}

// corpus reads every accepted create and update and every shipped object.
func corpus(t testing.TB) []recorded {
	root := os.Getenv("DDMON_CORPUS")
	if root == "" {
		t.Skip("DDMON_CORPUS is not set: the recordings are not part of the repository")
	}
	var all []recorded
	for _, k := range Names() {
		for _, dir := range []string{"api", "shipped"} {
			files, err := filepath.Glob(filepath.Join(root, dir, k+"s", "*.json"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				if body := readBody(t, file, dir); body != nil {
					all = append(all, recorded{strings.TrimPrefix(file, root+"/"), k, body})
				}
			}
		}
	}
	return all
}

// readBody returns the request of an accepted create or update, or a shipped object without its wrapper.
func readBody(t testing.TB, file, dir string) map[string]any {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	v, err := object.Decode(raw)
	if err != nil {
		t.Fatal(file, err)
	}
	in := v.(map[string]any)
	if dir == "shipped" {
		if definition, ok := in["definition"].(map[string]any); ok {
			return definition
		}
		return in
	}
	if op := in["op"]; op != "create" && op != "update" {
		return nil
	}
	body, _ := in["request"].(map[string]any)
	return body
}

// TestCorpusPassesCheck is the proof that the tables are not stricter than Datadog.
func TestCorpusPassesCheck(t *testing.T) {
	exceptions := corpusExceptions()
	bodies, warnings := map[string]int{}, map[string]int{}
	excepted := 0
	for _, r := range corpus(t) {
		bodies[filepath.Dir(r.file)]++
		for _, p := range Check(Named(r.kind).Body, r.body, CheckOptions{UnknownWarns: true}) {
			switch {
			case p.Severity == Warning && p.Code != CodeInvalidValue:
				warnings[p.Code]++
			case exceptions[filepath.Base(r.file)+" "+p.Path.String()] == p.Code:
				excepted++
			default:
				t.Errorf("%s: %s: %s: %s", r.file, p.Path, p.Code, p.Detail)
			}
		}
	}
	if excepted != len(exceptions) {
		t.Errorf("%d of %d exceptions were met: remove those that no longer occur", excepted, len(exceptions))
	}
	t.Logf("bodies %v; %d exceptions; warnings %v", bodies, excepted, warnings)
}

// corpusExceptions are the errors that stay errors, by file and path: what they refuse is far more often a mistake
// than what one shipped dashboard, for which no answer of the API is recorded, makes of it.
func corpusExceptions() map[string]string {
	const eso = "external_secrets--external_secrets_overview.json widgets[0].definition.widgets[1].definition.requests[0]"
	const redis = "redis_enterprise--redis_enterprise_shard.json widgets[0].definition.widgets[1].definition.requests[0]"
	return map[string]string{
		// A metric query as metric_name and filter instead of query.
		eso + ".queries[0].query": CodeMissingField,
		// A conditional format {type = "range", palette = "transparent_to_green"}.
		redis + ".formulas[0].conditional_formats[0].comparator": CodeMissingField,
		redis + ".formulas[0].conditional_formats[0].value":      CodeMissingField,
		redis + ".formulas[0].conditional_formats[0].palette":    CodeInvalidValue,
	}
}

// TestCorpusResponsesPassCheck shows that what Datadog answers is of the types that the tables say, so that the
// differ can rely on them.
func TestCorpusResponsesPassCheck(t *testing.T) {
	root := os.Getenv("DDMON_CORPUS")
	if root == "" {
		t.Skip("DDMON_CORPUS is not set: the recordings are not part of the repository")
	}
	count := 0
	for _, k := range All() {
		files, err := filepath.Glob(filepath.Join(root, "api", k.Name+"s", "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			body := readResponse(t, file)
			if body == nil {
				continue
			}
			count++
			for _, p := range Check(k.Body, body, CheckOptions{}) {
				if p.Severity == Error {
					t.Errorf("%s: %s: %s: %s", filepath.Base(file), p.Path, p.Code, p.Detail)
				}
			}
		}
	}
	t.Logf("%d responses", count)
}

func readResponse(t testing.TB, file string) map[string]any {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	v, err := object.Decode(raw)
	if err != nil {
		t.Fatal(file, err)
	}
	in := v.(map[string]any)
	if op := in["op"]; op != "create" && op != "update" && op != "get" {
		return nil
	}
	body, _ := in["response"].(map[string]any)
	return body
}
