package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
)

// pair is a recorded request with its response.
type pair struct {
	file string
	ddtest.Recording
}

// misses maps the recordings that the sandbox does not reproduce to the reason. The test fails if the sandbox
// reproduces one of them: remove its line then.
var misses = map[string]string{
	"003-create-ci-pipelines-alert-create-a-ci-pipelines-monitor-returns-ok-response.json": "from 2022: adds locked, keeps an integer threshold",
	"007-create-composite-monitorcandeleteerrors.json":                                     "from 2021: adds locked",
	"032-create-log-alert-get-a-monitors-details-with-downtime-returns-ok-response.json":   "from 2023: no groupby_simple_monitor on a log alert",
	"078-create-query-alert-monitorcandeleteerrors.json":                                   "from 2021: adds locked",
	"392-list-item-synthetics-alert-synthetics-test-on-www-datadoghq-com.json":             "contains downtimes, which are another API",
	"153-create-dashboardlifecycle.json":                                                   "from 2023: is_read_only was still accepted",
	"234-create-slodelete409error.json":                                                    "from 2020: is_read_only was still accepted",
	"500-update-dashboardlifecycle.json":                                                   "from 2023: is_read_only was still accepted",
	"387-list-item-tf-testaccdatadogdashboardalertgraph-local-1682003522.json":             "a read-only dashboard, which can no longer be created",
	"410-list-item-tf-testaccdatadogdashboardeventstream-import-local-1681994005.json":     "a read-only dashboard, which can no longer be created",
	"437-list-item-test-1830.json":                                                         "a read-only dashboard, which can no longer be created",
	"465-list-item-acceptance-test-event-timeline-widget-dashboard.json":                   "a read-only dashboard, which can no longer be created",
	"492-list-item-dl-ff-tf.json":                                                          "a read-only dashboard, which can no longer be created",
}

// outOfScope reports whether a recording is an error of another API: dashboard lists, restriction and monitor policies,
// notification rules, templates, shared dashboards, downtimes.
func outOfScope(file string) bool { return strings.Contains(file, "-other-") }

func corpusPairs(t *testing.T, folder string) []pair {
	t.Helper()
	var pairs []pair
	for _, r := range ddtest.Corpus(t, "api/"+folder) {
		pairs = append(pairs, pair{filepath.Base(r.File), r})
	}
	return pairs
}

// tally counts the pairs of one kind and operation.
type tally struct{ reproduced, all int }

func TestCorpus(t *testing.T) {
	counts := map[string]*tally{}
	unseen := maps.Clone(misses)
	for _, folder := range []string{"monitors", "dashboards", "errors"} {
		for _, p := range corpusPairs(t, folder) {
			if folder == "errors" && outOfScope(p.file) {
				count(counts, "errors of other APIs (out of scope)", true)
				continue
			}
			diff := replay(t, p)
			delete(unseen, p.file)
			count(counts, folder+" "+p.Op, diff == "")
			if folder == "errors" {
				count(counts, "errors", diff == "")
			} else if slices.Contains([]string{"create", "update", "get"}, p.Op) {
				count(counts, "creates, updates and gets", diff == "")
			}
			switch reason, listed := misses[p.file]; {
			case diff != "" && !listed:
				t.Errorf("%s/%s is not reproduced (-recorded +sandbox):\n%s", folder, p.file, diff)
			case diff == "" && listed:
				t.Errorf("%s/%s is reproduced, but listed as a miss: %s", folder, p.file, reason)
			}
		}
	}
	if len(unseen) > 0 {
		t.Errorf("listed as misses, but not in the corpus: %v", slices.Sorted(maps.Keys(unseen)))
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%-40s %d of %d", name, counts[name].reproduced, counts[name].all)
	}
	if c := counts["creates, updates and gets"]; c.reproduced*100 < c.all*98 {
		t.Errorf("only %d of %d creates, updates and gets are reproduced: less than 98 %%", c.reproduced, c.all)
	}
	if c := counts["errors"]; c.reproduced != c.all {
		t.Errorf("only %d of %d errors are reproduced", c.reproduced, c.all)
	}
}

func count(counts map[string]*tally, name string, reproduced bool) {
	if counts[name] == nil {
		counts[name] = &tally{}
	}
	counts[name].all++
	if reproduced {
		counts[name].reproduced++
	}
}

// replay sends a pair's request to a sandbox with the objects that existed before, and returns how the response
// differs.
func replay(t *testing.T, p pair) string {
	t.Helper()
	s := newTestServer(t)
	prepare(t, s, p)
	key := "key"
	if p.Status == 403 {
		key = invalidKey
	}
	body := string(p.Request)
	if body == "null" {
		body = ""
	}
	w := callWith(s, p.Method, p.URL, body, key)
	if w.Code != p.Status {
		return fmt.Sprintf("status %d, recorded %d: %s", w.Code, p.Status, w.Body)
	}
	return cmp.Diff(comparable(t, p, p.Response, nil), comparable(t, p, responseBody(w), p.Response))
}

func responseBody(w *httptest.ResponseRecorder) json.RawMessage {
	if w.Body.Len() == 0 {
		return json.RawMessage("null")
	}
	return w.Body.Bytes()
}

func decodeAny(t *testing.T, data []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return v
}

// TestUpdateWithoutNotifyList: a recorded update of a dashboard without notify_list sets it to null, whatever it was
// before, and so does the sandbox. The dashboards of these recordings have fields that were accepted only then.
func TestUpdateWithoutNotifyList(t *testing.T) {
	cleared := 0
	for _, folder := range []string{"dashboards", "history"} {
		for _, p := range corpusPairs(t, folder) {
			if p.Op != "update" || p.Status != 200 || !strings.HasPrefix(p.URL, "/api/v1/dashboard/") || len(p.Prior) == 0 || string(p.Prior) == "null" {
				continue
			}
			request, prior, response := parse(t, p.Request), parse(t, p.Prior), parse(t, p.Response)
			before, had := prior["notify_list"].([]any)
			if _, sent := request["notify_list"]; sent || !had {
				continue
			}
			cleared++
			if response["notify_list"] != nil {
				t.Errorf("%s: %v became %v", p.file, before, response["notify_list"])
			}
			s := newTestServer(t)
			d := must(t, s, "POST", "/api/v1/dashboard", dashboardBody(object{"notify_list": before}))
			if got := must(t, s, "PUT", dashboardURL(d), dashboardBody(nil)); got["notify_list"] != nil {
				t.Errorf("%v became %v in the sandbox", before, got["notify_list"])
			}
		}
	}
	if cleared < 5 {
		t.Errorf("only %d recordings", cleared)
	}
}
