package kind

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
)

// recorded is one body that Datadog accepted, or that Datadog ships.
type recorded struct {
	file string
	kind string
	body map[string]any
}

// corpus reads every accepted create and update and every shipped object.
func corpus(t testing.TB) []recorded {
	var all []recorded
	for _, k := range All() {
		folders := []string{"api/" + k.Plural}
		if _, err := os.Stat(filepath.Join(ddtest.CorpusFolder(t), "shipped", k.Plural)); err == nil {
			folders = append(folders, "shipped/"+k.Plural)
		}
		for _, r := range ddtest.Corpus(t, folders...) {
			switch {
			case r.Op == "":
				all = append(all, recorded{r.File, k.Name, ddtest.Object(t, string(r.Response))})
			case r.Accepted():
				all = append(all, recorded{r.File, k.Name, ddtest.Object(t, string(ddtest.Unwrap(r.Request)))})
			}
		}
	}
	return all
}

// TestCorpusPassesCheck is the proof that the tables are not stricter than Datadog.
func TestCorpusPassesCheck(t *testing.T) {
	exceptions := corpusExceptions()
	bodies, warnings := map[string]int{}, map[string]int{}
	excepted := 0
	for _, r := range corpus(t) {
		bodies[filepath.Dir(r.file)]++
		problems := Check(Named(r.kind).Body, r.body, CheckOptions{UnknownWarns: true})
		if check := Named(r.kind).Check; check != nil {
			problems = append(problems, check(r.body)...)
		}
		for _, p := range problems {
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

// corpusExceptions are the errors, and the values that are newer than the tables, by file and path.
func corpusExceptions() map[string]string {
	const redis = "redis_enterprise--redis_enterprise_shard.json widgets[0].definition.widgets[1].definition.requests[0]"
	return map[string]string{
		// The API is recorded to refuse the tag.
		"external_secrets--external_secrets_overview.json tags[0]": CodeInvalidValue,
		// A conditional format {type = "range", palette = "transparent_to_green"}.
		redis + ".formulas[0].conditional_formats[0].palette": CodeInvalidValue,
	}
}

// TestCorpusResponsesPassCheck shows that what Datadog answers is of the types that the tables say, so that the
// differ can rely on them.
func TestCorpusResponsesPassCheck(t *testing.T) {
	count := 0
	for _, k := range All() {
		for _, r := range ddtest.Corpus(t, "api/"+k.Plural) {
			if !r.Accepted() && (r.Op != "get" || r.Status != 200) {
				continue
			}
			count++
			for _, p := range Check(k.Body, ddtest.Object(t, string(ddtest.Unwrap(r.Response))), CheckOptions{}) {
				if p.Severity == Error {
					t.Errorf("%s: %s: %s: %s", r.File, p.Path, p.Code, p.Detail)
				}
			}
		}
	}
	t.Logf("%d responses", count)
}

// unrelated are the recorded rejections that no check of a body can predict: they depend on other objects, on the
// account or on the query, which package ddquery checks.
var unrelated = []string{
	"Duplicate of an existing monitor", "Some monitor IDs are invalid", "Monitor type change not allowed", "You have reached the limit",
	"'query' is invalid", "Invalid query", "group_state", "monitor_ids",
}

// TestRecordedRejections: a body that Datadog is recorded to reject has an error, also in an export.
func TestRecordedRejections(t *testing.T) {
	tested := 0
	for _, r := range ddtest.Corpus(t, "api/errors", "api/history") {
		k := Named(recordedKind(r.URL))
		if k == nil || r.Status != 400 || len(r.Request) == 0 || r.Request[0] != '{' || r.Op == "update" ||
			slices.ContainsFunc(unrelated, func(text string) bool { return strings.Contains(string(r.Response), text) }) {
			continue
		}
		tested++
		body := ddtest.Object(t, string(r.Request))
		problems := Check(k.Body, body, CheckOptions{UnknownWarns: true})
		if k.Check != nil {
			problems = append(problems, k.Check(body)...)
		}
		if !slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == Error }) && body["is_read_only"] == nil {
			t.Errorf("%s: no error, but Datadog answered %s", r.File, r.Response)
		}
	}
	t.Logf("%d rejections", tested)
}

// recordedKind names the kind of objects at a path of the API.
func recordedKind(url string) string {
	for _, k := range All() {
		if path, ok := strings.CutPrefix(url, k.Remote.Path); ok && !strings.Contains(strings.TrimPrefix(path, "/validate"), "/") {
			return k.Name
		}
	}
	return ""
}
