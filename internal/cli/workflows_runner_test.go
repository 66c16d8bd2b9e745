package cli_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// workflow is the part of a workflow file that the examples use.
type workflow struct {
	On          map[string]yaml.Node
	Permissions map[string]string
	Concurrency struct {
		Group  string
		Cancel bool `yaml:"cancel-in-progress"`
	}
	Env  map[string]string
	Jobs map[string]workflowJob
}

type workflowJob struct {
	If, Environment string
	Permissions     map[string]string
	Env             map[string]string
	Steps           []workflowStep
}

type workflowStep struct {
	ID, Name, Uses, Run, If string
	Dir                     string `yaml:"working-directory"`
	With, Env               map[string]string
}

func readWorkflow(t *testing.T, file string) *workflow {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, "examples", "github-actions", file))
	if err != nil {
		t.Fatal(err)
	}
	var w workflow
	if err := yaml.Unmarshal(text, &w); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return &w
}

// githubRun is one run of a workflow, job after job and step after step, as GitHub does it.
type githubRun struct {
	*forge
	id        int
	workspace string
	temp      string
	checkout  func(dir string) // of the commit that the run is for
	sha       string           // of that commit
	values    map[string]string
	env       map[string]string // of the workflow and the job
	outcome   map[string]string // of steps, by id or name: success, failure, skipped
	failed    bool
	log       strings.Builder
}

// run runs every job of a workflow. values are the values of expressions that depend on the event.
func (f *forge) run(file string, checkout func(dir string), values map[string]string) *githubRun {
	f.t.Helper()
	dir := f.t.TempDir()
	r := &githubRun{
		forge: f, id: 100 + len(f.runs), workspace: filepath.Join(dir, "work"), temp: filepath.Join(dir, "temp"), checkout: checkout,
		env: map[string]string{}, outcome: map[string]string{},
		values: map[string]string{
			"secrets.DD_API_KEY": f.datadog.apiKey, "secrets.DD_APP_KEY": f.datadog.readKey, "secrets.DDMON_PLAN_KEY": "key-of-the-saved-plans", "vars.DD_SITE": "",
			"github.token": "token-of-the-run", "runner.temp": filepath.Join(dir, "temp"), "github.workspace": filepath.Join(dir, "work"),
			"env.DDMON_REPOSITORY": source, "env.DDMON_REF": "v0.2.0",
		},
	}
	for name, value := range values {
		r.values[name] = value
	}
	for _, name := range []string{"path", "output", "summary"} {
		f.write(filepath.Join(r.temp, name), "", 0o600)
	}
	if f.left != nil {
		f.left(r.workspace)
	}
	w := readWorkflow(f.t, file)
	for _, job := range w.Jobs {
		if job.Environment == "production" {
			r.values["secrets.DD_APP_KEY"] = f.datadog.writeKey
		}
		if !r.holds(job.If) {
			continue
		}
		r.add(w.Env)
		r.add(job.Env)
		for i := range job.Steps {
			r.step(&job.Steps[i])
		}
	}
	r.keepsKeys()
	return r
}

func (r *githubRun) add(env map[string]string) {
	for name, value := range env {
		r.env[name] = r.fill(value)
	}
}

var expression = regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)

// fill replaces the expressions in a value, by a table.
func (r *githubRun) fill(text string) string {
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		name := expression.FindStringSubmatch(e)[1]
		value, ok := r.values[name]
		if !ok {
			r.t.Fatalf("the test has no value for ${{ %s }}", name)
		}
		return value
	})
}

// holds evaluates a condition, by a table.
func (r *githubRun) holds(condition string) bool {
	if m := expression.FindStringSubmatch(condition); m != nil {
		condition = m[1]
	}
	switch condition {
	case "":
		return !r.failed
	case "failure()":
		return r.failed
	case "!cancelled() && steps.ddmon.outcome == 'success' && env.FORK == 'false'":
		return r.outcome["ddmon"] == "success" && r.env["FORK"] == "false"
	case "!cancelled() && steps.ddmon.outcome == 'success' && env.FORK == 'true'":
		return r.outcome["ddmon"] == "success" && r.env["FORK"] == "true"
	case "env.FORK == 'false'":
		return !r.failed && r.env["FORK"] == "false"
	case "inputs.replan":
		return !r.failed && r.values["inputs.replan"] == "true"
	case "!inputs.replan":
		return !r.failed && r.values["inputs.replan"] != "true"
	case "github.ref == 'refs/heads/main'":
		return r.values["github.ref"] == "refs/heads/main"
	}
	r.t.Fatalf("the test does not know the condition %q", condition)
	return false
}

func (r *githubRun) step(s *workflowStep) {
	outcome := "skipped"
	if r.holds(s.If) {
		outcome = "success"
		if !r.runsStep(s) {
			outcome, r.failed = "failure", true
		}
	}
	for _, name := range []string{s.ID, s.Name} {
		r.outcome[name] = outcome
	}
}

func (r *githubRun) runsStep(s *workflowStep) bool {
	if s.Run == "" {
		return r.use(s)
	}
	cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
	cmd.Dir, cmd.Stdout, cmd.Stderr = r.workspace, &r.log, &r.log
	if s.Dir != "" {
		cmd.Dir = r.fill(s.Dir)
	}
	cmd.Env = append(cmd.Env, r.forge.env...)
	for _, folder := range strings.Fields(r.read(filepath.Join(r.temp, "path"))) {
		cmd.Env = append(cmd.Env, "PATH="+folder+":"+strings.TrimPrefix(r.forge.env[0], "PATH="))
	}
	for name, value := range r.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	for name, value := range s.Env {
		cmd.Env = append(cmd.Env, name+"="+r.fill(value))
	}
	cmd.Env = append(cmd.Env, "GITHUB_ACTIONS=true", "GITHUB_REPOSITORY="+ours, "GITHUB_SERVER_URL=https://git.example.com",
		"GITHUB_RUN_ID="+strconv.Itoa(r.id), "GITHUB_WORKSPACE="+r.workspace, "RUNNER_TEMP="+r.temp,
		"GITHUB_SHA="+r.sha, "GITHUB_PATH="+filepath.Join(r.temp, "path"),
		"GITHUB_OUTPUT="+filepath.Join(r.temp, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(r.temp, "summary"))
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		r.t.Fatal(err)
	}
	return err == nil
}

// use runs the actions of the examples.
func (r *githubRun) use(s *workflowStep) bool {
	with := make(map[string]string, len(s.With))
	for name, value := range s.With {
		with[name] = r.fill(value)
	}
	name, _, _ := strings.Cut(s.Uses, "@")
	switch name {
	case "actions/checkout":
		// The action deletes what is in the folder if that is not a clone of the same repository.
		dir := filepath.Join(r.workspace, with["path"])
		if err := os.RemoveAll(dir); err != nil {
			r.t.Fatal(err)
		}
		switch with["repository"] {
		case "":
			r.checkout(dir)
			r.sha = r.git(dir, "rev-parse", "HEAD")
		case source:
			r.git(r.origin, "clone", "-q", "--branch", with["ref"], r.ddmon, dir)
		default:
			r.t.Errorf("checkout of %s", with["repository"])
		}
	case "actions/setup-go":
		_ = r.read(filepath.Join(r.workspace, with["go-version-file"]))
	case "actions/upload-artifact":
		r.kept[strconv.Itoa(r.id)+"/"+with["name"]+"/"+filepath.Base(with["path"])] = []byte(r.read(with["path"]))
	default:
		r.t.Errorf("the test does not know the action %s", s.Uses)
	}
	return true
}

// keepsKeys checks that no output contains a key.
func (r *githubRun) keepsKeys() {
	r.t.Helper()
	said := r.newest()
	r.noKeys(r.log.String() + r.summary() + r.read(filepath.Join(r.temp, "output")) + said)
}

// noKeys fails if a string contains a key.
func (f *forge) noKeys(text string) {
	f.t.Helper()
	for _, key := range []string{f.datadog.apiKey, f.datadog.readKey, f.datadog.writeKey, f.datadog.noteToken} {
		if strings.Contains(text, key) {
			f.t.Errorf("a key is shown:\n%s", text)
		}
	}
}

func (r *githubRun) summary() string { return r.read(filepath.Join(r.temp, "summary")) }

// onMain runs a workflow for the newest commit of main.
func (f *forge) onMain(file string, inputs map[string]string) *githubRun {
	f.t.Helper()
	values := map[string]string{"github.ref": "refs/heads/main", "inputs.replan": "false", "inputs.max_deletes": ""}
	for name, value := range inputs {
		values["inputs."+name] = value
	}
	return f.run(file, func(dir string) { f.git(f.work, "clone", "-q", f.origin, dir) }, values)
}

// plan runs plan.yml for a pull request, which comes from a fork if from is not the repository.
func (f *forge) plan(p *pull, from string) *githubRun {
	f.t.Helper()
	values := map[string]string{
		"github.event.pull_request.number": strconv.Itoa(p.Number), "github.event.pull_request.head.sha": p.Head["sha"],
		"github.event.pull_request.head.repo.full_name != github.repository": strconv.FormatBool(from != ours),
		"github.base_ref": "main",
	}
	if from != ours {
		values["secrets.DD_API_KEY"], values["secrets.DD_APP_KEY"] = "", ""
	}
	merged := func(dir string) {
		f.git(f.work, "clone", "-q", f.origin, dir)
		f.git(dir, "checkout", "-q", "--detach", "origin/main")
		f.git(dir, "merge", "-q", "--no-ff", "-m", "merge", "origin/"+p.branch)
	}
	r := f.run("plan.yml", merged, values)
	conclusion := "success"
	if r.failed {
		conclusion = "failure"
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.runs = append(f.runs, workflowRun{r.id, r.id, "pull_request", conclusion, p.Head["sha"], map[string]string{"full_name": from}})
	return r
}
