package cli_test

import (
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// The pull requests below change the name of a monitor.
const (
	depthFile = "monitors/queue_depth.hcl"
	depthName = "shipping-task is piling up"
)

// rename returns a change of that name, from what it was in main.
func (f *forge) rename(to string) func() {
	return func() { f.edit(depthFile, `"`+depthName+`"`, `"`+to+`"`) }
}

// renameLive does the same in Datadog.
func (f *forge) renameLive(to string) {
	f.datadog.ask(f.t, http.MethodPut, f.datadog.path(f.t, depthName), `{"name":"`+to+`"}`)
}

// TestWorkflows runs the shell steps of examples/github-actions and examples/gitlab-ci as GitHub and GitLab would, each
// test with a repository and a Datadog of its own.
func TestWorkflows(t *testing.T) {
	needTools(t)
	built := builtCommand(t)
	for name, test := range map[string]func(*testing.T, *forge){
		"GitHub: a pull request has one comment":        testOneComment,
		"GitHub: a fork gets no keys":                   testFork,
		"GitHub: a merge is applied as it was reviewed": testApply,
		"GitHub: a stale plan":                          testStale,
		"GitHub: no plan":                               testNoPlan,
		"GitHub: a plan that main does not ask for":     testForged,
		"GitHub: many deletions":                        testDeletes,
		"GitHub: drift":                                 testDrift,
		"GitLab: a merge request has one note":          testOneNote,
		"GitLab: a fork gets no keys":                   testGitLabFork,
		"GitLab: main is applied as planned":            testGitLabApply,
		"GitLab: drift":                                 testGitLabDrift,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newForge(t, built))
		})
	}
}

// needTools fails if a tool of the steps is missing. Skipping would hide it.
func needTools(t *testing.T) {
	t.Helper()
	for _, tool := range []string{"bash", "git", "jq", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("the steps of the examples need %s, which is not installed: %v", tool, err)
		}
	}
}

func testOneComment(t *testing.T, f *forge) {
	// A user quoted the bot; that is not the comment to update.
	f.comments = append(f.comments, comment{ID: 1, Body: "<!-- ddmon:plan sock-shop -->", User: map[string]any{"login": "reader"}})
	f.datadog.reset()
	p := f.open("rename", f.rename("it grows"))
	r := f.plan(p, ours)
	wantRun(t, r, "success", "Plan", "Comment", "Upload the plan")
	wantSaid(t, f, "POST comment", "<!-- ddmon:plan sock-shop -->\n", "it grows", p.Head["sha"], "/actions/runs/100")
	if !strings.Contains(r.read(filepath.Join(r.temp, "output")), "has_changes=true") || !strings.Contains(r.summary(), "it grows") {
		t.Errorf("outputs or summary are missing: %s", r.summary())
	}

	f.amend(p, func() { f.edit(depthFile, `"it grows"`, `"it swells"`) })
	wantRun(t, f.plan(p, ours), "success", "Plan", "Comment")
	wantSaid(t, f, "PATCH comment 2", "<!-- ddmon:plan sock-shop -->\n", "it swells", p.Head["sha"], "/actions/runs/101")

	f.amend(p, func() { f.edit(depthFile, `"it swells"`, `local.nothing`) })
	r = f.plan(p, ours)
	wantRun(t, r, "failure", "Validate", "Plan")
	wantRun(t, r, "success", "Comment")
	wantRun(t, r, "skipped", "Upload the plan")
	wantSaid(t, f, "PATCH comment 2", "<!-- ddmon:plan sock-shop -->\n", "Errors", "nothing")
	if !r.failed || len(f.comments) != 2 || f.datadog.writes.Load() != 0 {
		t.Errorf("failed %v, %d comments, %d writes", r.failed, len(f.comments), f.datadog.writes.Load())
	}
}

func testFork(t *testing.T, f *forge) {
	f.datadog.reset()
	r := f.plan(f.open("rename", f.rename("it grows")), "stranger/monitors")
	wantRun(t, r, "success", "Test", "Compare the files")
	wantRun(t, r, "skipped", "Plan", "Comment", "Upload the plan")
	if r.failed || f.changed() != "" || f.datadog.requests.Load() != 0 || len(f.kept) != 0 {
		t.Errorf("failed %v, comments %v, %d requests", r.failed, f.comments, f.datadog.requests.Load())
	}
	if !strings.Contains(r.summary(), "it grows") {
		t.Errorf("summary: %s", r.summary())
	}
}

func testApply(t *testing.T, f *forge) {
	p := f.open("rename", f.rename("it grows"))
	f.plan(p, ours)
	f.plan(f.open("other", func() { f.edit("monitors/no_replicas.hcl", "priority = 1", "priority = 2") }), ours)
	// Runs for the same commit that must not be used and have no artifact.
	good := f.runs[0]
	for i, wrong := range []workflowRun{
		{Event: "push", Conclusion: "success", Repository: good.Repository},
		{Event: "pull_request", Conclusion: "failure", Repository: good.Repository},
		{Event: "pull_request", Conclusion: "success", Repository: map[string]string{"full_name": "stranger/monitors"}},
	} {
		wrong.ID, wrong.Number, wrong.Head = 200+i, 200+i, good.Head
		f.runs = append(f.runs, wrong)
	}
	f.merge(p)
	r := f.onMain("apply.yml", nil)
	wantRun(t, r, "success", "Fetch the reviewed plan", "Compare the plan with main", "Apply")
	wantRun(t, r, "skipped", "Plan again", "Next steps")
	if f.datadog.path(t, "it grows") == "" {
		t.Error("the change is not live")
	}
	if code, out := f.ddmonHere("plan", "--detailed-exitcode"); code != 0 {
		t.Errorf("changes remain:\n%s", out)
	}
}

func testStale(t *testing.T, f *forge) {
	p := f.open("rename", f.rename("it grows"))
	f.plan(p, ours)
	f.renameLive("it grows, it seems")
	f.merge(p)
	r := wantRefused(t, f, "Apply", "the plan is stale", "monitor.queue_depth")
	if !strings.Contains(r.log.String(), "::error title=main was not applied::") {
		t.Errorf("the log does not say what to do:\n%s", &r.log)
	}

	// Somebody says so: what main says, without a review.
	r = f.onMain("apply.yml", map[string]string{"replan": "true"})
	wantRun(t, r, "skipped", "Fetch the reviewed plan", "Compare the plan with main")
	wantRun(t, r, "success", "Plan again", "Apply")
	if f.datadog.path(t, "it grows") == "" {
		t.Error("the change is not live")
	}
}

func testNoPlan(t *testing.T, f *forge) {
	p := f.open("rename", f.rename("it grows"))
	f.plan(p, "stranger/monitors")
	f.merge(p)
	wantRefused(t, f, "Fetch the reviewed plan", "::error title=No reviewed plan::plan.yml did not succeed for "+p.Head["sha"])

	p = f.open("again", func() { f.edit("monitors/no_replicas.hcl", "priority = 1", "priority = 2") })
	f.plan(p, ours)
	clear(f.kept)
	f.merge(p)
	wantRefused(t, f, "Fetch the reviewed plan", "no longer has its plan")

	f.git(f.work, "checkout", "-q", "-B", "main", "origin/main")
	f.edit(depthFile, `"it grows"`, `"it swells"`)
	f.push("main")
	wantRefused(t, f, "Fetch the reviewed plan", "::error title=No reviewed plan::No pull request was merged as ")
}

// testForged: a run of the pull request uploaded a different plan.
func testForged(t *testing.T, f *forge) {
	p := f.open("rename", f.rename("it grows"))
	f.plan(p, ours)
	f.edit("monitors/no_replicas.hcl", "< 1", "< 0")
	if code, out := f.ddmonHere("plan", "--out", "forged.json"); code != 0 {
		t.Fatal(out)
	}
	f.kept["100/ddmon-plan/plan.json"] = []byte(f.read(filepath.Join(f.work, "forged.json")))
	f.git(f.work, "checkout", "-q", ".")
	f.merge(p)
	wantRefused(t, f, "Compare the plan with main", "::error title=Plan does not match main::", "main does not: monitor.no_replicas\n")
}

func testDeletes(t *testing.T, f *forge) {
	many := filepath.Join(f.work, "monitors/many.hcl")
	f.write(many, elevenMore, 0o600)
	f.push("main")
	f.mustApply()
	p := f.open("fewer", func() {
		if err := os.Remove(many); err != nil {
			t.Fatal(err)
		}
	})
	wantRun(t, f.plan(p, ours), "success", "Upload the plan")
	f.merge(p)
	wantRefused(t, f, "Apply", "apply refuses to delete 11 of the stack's 20 objects")
	r := f.onMain("apply.yml", map[string]string{"max_deletes": "11"})
	wantRun(t, r, "success", "Fetch the reviewed plan", "Apply")
}

// elevenMore are more monitors than ddmon deletes by default.
const elevenMore = `monitor "many" {
  for_each = toset(split("", "abcdefghijk"))
  name     = each.key
  type     = "query alert"
  query    = "min(last_5m):sum:shop.carts{shop:${each.key}} > 5"
  priority = 5
  message  = "@slack-orders"
}
`

func testDrift(t *testing.T, f *forge) {
	f.datadog.reset()
	wantRun(t, f.onMain("drift.yml", nil), "success", "Drift")
	f.renameLive("it grows, it seems")
	r := f.onMain("drift.yml", nil)
	wantRun(t, r, "failure", "Drift")
	if !strings.Contains(r.log.String(), "monitor.queue_depth") || !strings.Contains(r.summary(), "queue_depth") {
		t.Errorf("nothing says what drifted:\n%s\n%s", &r.log, r.summary())
	}
	if n := f.datadog.writes.Load(); n != 0 {
		t.Errorf("%d writes", n)
	}
}

// wantRefused runs apply.yml, which must fail in a step with these words and write nothing.
func wantRefused(t *testing.T, f *forge, step string, words ...string) *githubRun {
	t.Helper()
	f.datadog.reset()
	r := f.onMain("apply.yml", nil)
	wantRun(t, r, "failure", step)
	wantRun(t, r, "success", "Next steps")
	for _, word := range words {
		if !strings.Contains(r.log.String(), word) {
			t.Errorf("no %q in\n%s", word, &r.log)
		}
	}
	if n := f.datadog.writes.Load(); n != 0 {
		t.Errorf("%d writes", n)
	}
	return r
}

func wantRun(t *testing.T, r *githubRun, outcome string, steps ...string) {
	t.Helper()
	for _, step := range steps {
		if r.outcome[step] != outcome {
			t.Errorf("%s: %q, want %s\n%s", step, r.outcome[step], outcome, &r.log)
		}
	}
}

func wantSaid(t *testing.T, f *forge, calls, begin string, words ...string) {
	t.Helper()
	if got := f.changed(); got != calls {
		t.Errorf("%s, want %s", got, calls)
	}
	body := f.newest()
	if !strings.HasPrefix(body, begin) {
		t.Errorf("the comment does not begin with %q:\n%s", begin, body)
	}
	for _, word := range words {
		if !strings.Contains(body, word) {
			t.Errorf("no %q in the comment:\n%s", word, body)
		}
	}
}

// TestGitHubWorkflowsAreCareful checks properties that no run shows.
func TestGitHubWorkflowsAreCareful(t *testing.T) {
	pinned := regexp.MustCompile(`^actions/[a-z-]+@v\d+$`)
	all := map[string]*workflow{}
	for name, want := range map[string]map[string]string{
		"plan.yml":  {"contents": "read"},
		"apply.yml": {"contents": "read", "actions": "read", "pull-requests": "read"},
		"drift.yml": {"contents": "read"},
	} {
		w := readWorkflow(t, name)
		all[name] = w
		if diff := cmp.Diff(want, w.Permissions); diff != "" {
			t.Errorf("%s: permissions: %s", name, diff)
		}
		for _, job := range w.Jobs {
			for i := range job.Steps {
				s := &job.Steps[i]
				// Who opens a pull request chooses names in the event; in a script they would be commands.
				if strings.Contains(s.Run, "${{") {
					t.Errorf("%s: %s: an expression in a script", name, s.Name)
				}
				if s.Uses != "" && !pinned.MatchString(s.Uses) {
					t.Errorf("%s: uses %s", name, s.Uses)
				}
				if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
					t.Errorf("%s: a checkout leaves its token to what follows", name)
				}
				if strings.HasPrefix(s.Uses, "actions/setup-go@") && s.With["cache"] != "false" {
					t.Errorf("%s: the build trusts a cache that another run filled", name)
				}
				if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["repository"] == "" && name == "plan.yml" && s.With["fetch-depth"] != "0" {
					t.Errorf("fetch-depth %q leaves --base without history", s.With["fetch-depth"])
				}
			}
		}
	}
	plan, apply := all["plan.yml"], all["apply.yml"]
	if diff := cmp.Diff(map[string]string{"contents": "read", "pull-requests": "write"}, plan.Jobs["plan"].Permissions); diff != "" {
		t.Error(diff)
	}
	if !plan.Concurrency.Cancel || apply.Concurrency.Cancel || apply.Concurrency.Group != "ddmon-apply" || apply.Jobs["apply"].Environment != "production" {
		t.Errorf("concurrency %+v and %+v", plan.Concurrency, apply.Concurrency)
	}
	if diff := cmp.Diff(plan.Env, apply.Env) + cmp.Diff(plan.Env, all["drift.yml"].Env); diff != "" {
		t.Errorf("they use different ddmons: %s", diff)
	}
}

// TestGitHubWorkflowsStartForEveryFile: a filter of paths would miss what file() and templatefile() read, and an event
// that runs with the repository's keys for a pull request would give them to its author.
func TestGitHubWorkflowsStartForEveryFile(t *testing.T) {
	for name, want := range map[string][]string{
		"plan.yml": {"pull_request"}, "apply.yml": {"push", "workflow_dispatch"}, "drift.yml": {"schedule", "workflow_dispatch"},
	} {
		w := readWorkflow(t, name)
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(w.On))); diff != "" {
			t.Errorf("%s: events: %s", name, diff)
		}
		for event, node := range w.On {
			var filter map[string]yaml.Node
			if node.Kind != yaml.MappingNode {
				continue
			}
			if err := node.Decode(&filter); err != nil {
				t.Fatal(err)
			}
			for key := range filter {
				if strings.HasPrefix(key, "paths") {
					t.Errorf("%s: %s: %s leaves out files of the stack", name, event, key)
				}
			}
		}
	}
}
