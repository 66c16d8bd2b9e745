package cli_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// gitlabFile is the part of .gitlab-ci.yml that the example uses.
type gitlabFile struct {
	Stages    []string
	Variables map[string]string
	Default   struct {
		Before []string `yaml:"before_script"`
	}
	Workflow struct{ Rules []gitlabRule }
	Jobs     map[string]gitlabJob `yaml:"-"`
}

type gitlabJob struct {
	Stage, Environment string
	Resource           string `yaml:"resource_group"`
	Needs              []string
	Rules              []gitlabRule
	Variables          map[string]string
	Script             []string
	Artifacts          struct{ Paths []string }
}

type gitlabRule struct{ If, When string }

func readGitLab(t *testing.T, f *forge) *gitlabFile {
	t.Helper()
	text := []byte(f.read(filepath.Join(repository, "examples", "gitlab-ci", ".gitlab-ci.yml")))
	file := &gitlabFile{}
	jobs := map[string]yaml.Node{}
	for _, err := range []error{yaml.Unmarshal(text, file), yaml.Unmarshal(text, &jobs)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	file.Jobs = map[string]gitlabJob{}
	for name, node := range jobs {
		if slices.Contains([]string{"stages", "variables", "default", "workflow"}, name) {
			continue
		}
		var job gitlabJob
		if err := node.Decode(&job); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		file.Jobs[name] = job
	}
	return file
}

// pipeline is one run of .gitlab-ci.yml.
type pipeline struct {
	*forge
	file      *gitlabFile
	checkout  func(dir string)
	variables map[string]string
	manual    []string // jobs that somebody starts
	failed    map[string]bool
	log       strings.Builder
}

// gitlab runs a pipeline, stage by stage, with the variables that GitLab sets for its event.
func (f *forge) gitlab(checkout func(dir string), variables map[string]string, manual ...string) *pipeline {
	f.t.Helper()
	p := &pipeline{
		forge: f, file: readGitLab(f.t, f), checkout: checkout, manual: manual, failed: map[string]bool{},
		variables: map[string]string{
			"CI_DEFAULT_BRANCH": "main", "CI_API_V4_URL": f.api + "/api/v4", "CI_JOB_URL": "https://git.example.com/job/1",
			"DD_API_KEY": f.datadog.apiKey, "DD_APP_KEY": f.datadog.readKey, "DDMON_NOTE_TOKEN": f.datadog.noteToken,
		},
	}
	for name, value := range variables {
		p.variables[name] = value
	}
	if _, ok := p.matches(p.file.Workflow.Rules); !ok {
		f.t.Error("there is no pipeline for this event")
	}
	for _, stage := range p.file.Stages {
		for name, job := range p.file.Jobs {
			if job.Stage == stage && p.wanted(name, &job) {
				p.failed[name] = !p.succeeds(name, &job)
			}
		}
	}
	f.noKeys(p.log.String() + f.newest())
	return p
}

// matches returns the first rule that matches, by a table of conditions.
func (p *pipeline) matches(rules []gitlabRule) (gitlabRule, bool) {
	v := p.variables
	request, schedule := v["CI_PIPELINE_SOURCE"] == "merge_request_event", v["CI_PIPELINE_SOURCE"] == "schedule"
	onMain := v["CI_COMMIT_BRANCH"] == v["CI_DEFAULT_BRANCH"]
	own := v["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"] == v["CI_MERGE_REQUEST_PROJECT_ID"]
	const isRequest = `$CI_PIPELINE_SOURCE == "merge_request_event"`
	table := map[string]bool{
		isRequest:                                 request,
		`$CI_PIPELINE_SOURCE == "schedule"`:       schedule,
		`$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH`: onMain,
		isRequest + ` && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_MERGE_REQUEST_PROJECT_ID`: request && !own,
		isRequest + ` && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID`: request && own,
		`$CI_PIPELINE_SOURCE != "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH`:        !schedule && onMain,
	}
	for _, rule := range rules {
		holds, known := table[rule.If]
		if !known {
			p.t.Fatalf("the test does not know the rule %q", rule.If)
		}
		if holds {
			return rule, true
		}
	}
	return gitlabRule{}, false
}

// wanted reports whether a job runs, from its rules, its needs, and whether it was started manually.
func (p *pipeline) wanted(name string, job *gitlabJob) bool {
	rule, ok := p.matches(job.Rules)
	for _, need := range job.Needs {
		failed, ran := p.failed[need]
		ok = ok && ran && !failed
	}
	return ok && (rule.When != "manual" || slices.Contains(p.manual, name))
}

// succeeds runs a job's script in one shell.
func (p *pipeline) succeeds(name string, job *gitlabJob) bool {
	dir := filepath.Join(p.t.TempDir(), "work")
	p.checkout(dir)
	sha := p.git(dir, "rev-parse", "HEAD")
	artifacts := func(job gitlabJob) []string {
		out := make([]string, len(job.Artifacts.Paths))
		for i, path := range job.Artifacts.Paths {
			out[i] = strings.ReplaceAll(path, "$CI_COMMIT_SHA", sha)
		}
		return out
	}
	for _, need := range job.Needs {
		for _, path := range artifacts(p.file.Jobs[need]) {
			p.write(filepath.Join(dir, path), string(p.kept[path]), 0o600)
		}
	}
	lines := append(append([]string{"set -eo pipefail"}, p.file.Default.Before...), job.Script...)
	cmd := exec.Command("bash", "-c", strings.Join(lines, "\n"))
	var out bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
	cmd.Env = append(cmd.Env, p.env...)
	for _, variables := range []map[string]string{p.file.Variables, job.Variables, p.variables} {
		for name, value := range variables {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	cmd.Env = append(cmd.Env, "DDMON_SOURCE="+p.ddmon, "CI_COMMIT_SHA="+sha)
	if job.Environment == "production" {
		cmd.Env = append(cmd.Env, "DD_APP_KEY="+p.datadog.writeKey)
	}
	err := cmd.Run()
	p.log.WriteString("== " + name + "\n" + out.String())
	for _, path := range artifacts(*job) {
		if err == nil {
			p.kept[path] = []byte(p.read(filepath.Join(dir, path)))
		}
	}
	return err == nil
}

// request runs the pipeline of a merge request, for its branch without merged results.
func (f *forge) request(r *pull, project string) *pipeline {
	f.t.Helper()
	branch := func(dir string) {
		f.git(f.work, "clone", "-q", f.origin, dir)
		f.git(dir, "checkout", "-q", "--detach", "origin/"+r.branch)
	}
	variables := map[string]string{
		"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
		"CI_MERGE_REQUEST_PROJECT_ID": "1", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": project, "CI_MERGE_REQUEST_IID": "3",
		"CI_MERGE_REQUEST_DIFF_BASE_SHA": f.git(f.work, "merge-base", "origin/main", "origin/"+r.branch),
	}
	if project != "1" {
		variables["DD_API_KEY"], variables["DD_APP_KEY"], variables["DDMON_NOTE_TOKEN"] = "", "", ""
	}
	return f.gitlab(branch, variables)
}

// main runs the default branch's pipeline.
func (f *forge) main(source string, manual ...string) *pipeline {
	f.t.Helper()
	checkout := func(dir string) { f.git(f.work, "clone", "-q", f.origin, dir) }
	return f.gitlab(checkout, map[string]string{"CI_PIPELINE_SOURCE": source, "CI_COMMIT_BRANCH": "main"}, manual...)
}

// wantJobs compares which jobs ran, and which of them failed.
func wantJobs(t *testing.T, p *pipeline, want map[string]bool) {
	t.Helper()
	for name := range p.file.Jobs {
		failed, ran := p.failed[name]
		wantFailed, wantRan := want[name]
		if ran != wantRan || failed != wantFailed {
			t.Errorf("%s: ran %v, failed %v, want %v and %v\n%s", name, ran, failed, wantRan, wantFailed, &p.log)
		}
	}
}

func testOneNote(t *testing.T, f *forge) {
	f.comments = append(f.comments, comment{ID: 1, Body: "<!-- ddmon:plan sock-shop -->", Author: map[string]any{"id": 8}})
	f.datadog.reset()
	r := f.open("rename", f.rename("it grows"))
	wantJobs(t, f.request(r, "1"), map[string]bool{"check": false, "plan": false})
	wantSaid(t, f, "POST comment", "<!-- ddmon:plan sock-shop -->\n", "it grows", r.Head["sha"], "https://git.example.com/job/1")

	f.amend(r, func() { f.edit(depthFile, `"it grows"`, `local.nothing`) })
	wantJobs(t, f.request(r, "1"), map[string]bool{"check": true, "plan": true})
	wantSaid(t, f, "PUT comment 2", "<!-- ddmon:plan sock-shop -->\n", "Errors", "nothing", r.Head["sha"])
	if n := f.datadog.writes.Load(); n != 0 {
		t.Errorf("%d writes", n)
	}
}

func testGitLabFork(t *testing.T, f *forge) {
	f.datadog.reset()
	p := f.request(f.open("rename", f.rename("it grows")), "2")
	wantJobs(t, p, map[string]bool{"check": false, "diff": false})
	if f.changed() != "" || f.datadog.requests.Load() != 0 || !strings.Contains(p.log.String(), "it grows") {
		t.Errorf("%d requests, notes %v\n%s", f.datadog.requests.Load(), f.comments, &p.log)
	}
}

func testGitLabApply(t *testing.T, f *forge) {
	f.merge(f.open("rename", f.rename("it grows")))
	f.datadog.reset()
	wantJobs(t, f.main("push"), map[string]bool{"plan-main": false})
	if n := f.datadog.writes.Load(); n != 0 {
		t.Errorf("%d writes", n)
	}
	wantJobs(t, f.main("push", "apply"), map[string]bool{"plan-main": false, "apply": false})
	if f.datadog.path(t, "it grows") == "" {
		t.Error("the change is not live")
	}
	if code, out := f.ddmonHere("plan", "--detailed-exitcode"); code != 0 {
		t.Errorf("changes remain:\n%s", out)
	}
	file := readGitLab(t, f)
	if file.Variables["GIT_DEPTH"] != "0" {
		t.Error("--base is left without history")
	}
	apply := file.Jobs["apply"]
	if apply.Resource == "" || apply.Environment != "production" {
		t.Errorf("two jobs can apply concurrently, or outside of production: %+v", apply)
	}
}

func testGitLabDrift(t *testing.T, f *forge) {
	wantJobs(t, f.main("schedule"), map[string]bool{"drift": false})
	f.renameLive("it grows, it seems")
	p := f.main("schedule")
	wantJobs(t, p, map[string]bool{"drift": true})
	if !strings.Contains(p.log.String(), "monitor.queue_depth") {
		t.Errorf("the log does not name the drift:\n%s", &p.log)
	}
}
