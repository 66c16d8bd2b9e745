package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/object"
)

// TestFileOrder: the distribution of blocks to files and their order do not matter.
func TestFileOrder(t *testing.T) {
	parts := []string{
		"stack \"s\" { tags = [local.t] }\n",
		"locals { t = \"team:${var.v}\" }\n",
		"variable \"v\" { default = \"a\" }\n",
		monitorWith("  message = monitor.z.id"),
		strings.Replace(monitorWith("  message = local.t"), "\"m\"", "\"z\"", 1),
	}
	var want map[string]any
	for shift := range parts {
		for _, folder := range []string{"", "monitors", "dashboards/x"} {
			files := map[string]string{}
			for i, p := range parts {
				files[filepath.Join(folder, fmt.Sprintf("%d.hcl", (i+shift)%len(parts)))] += p
			}
			s, diags := Load(Options{Dir: ddtest.Folder(t, files)})
			if len(diags) > 0 {
				t.Fatal(describe(diags))
			}
			got := bodies(t, s)
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("shift %d, folder %q: %s", shift, folder, diff)
			}
		}
	}
}

// TestEquivalence: pairs of equivalent bodies.
func TestEquivalence(t *testing.T) {
	pairs := [][2]string{
		{"options {\n thresholds {\n critical = 5\n }\n }", "options = { thresholds = { critical = 5.0 } }"},
		{"options {\n thresholds = { critical = 5 }\n }", "options = {}"}, // the threshold is the number in the query
		{"dynamic \"options\" {\n for_each = [true]\n content { include_tags = options.value }\n }", "options { include_tags = true }"},
		{"options {\n extra { a = 1 }\n }", "options { extra = { a = 1 } }"},
		{"priority = null", "tags = null"},
		{"message = <<-E\n  a\n    b\n  E", "message = \"a\\n  b\\n\""},
		{"message = \"$${{value}} %%{{value}}\"", "message = join(\"\", [\"$\", \"{{value}} %\", \"{{value}}\"])"},
		{"options {\n thresholds {\n ok = null\n }\n }", "options {\n thresholds {}\n }"},
	}
	for _, p := range pairs {
		a, b := mustLoad(t, monitorWith(p[0])).Objects[0].Body, mustLoad(t, monitorWith(p[1])).Objects[0].Body
		if !object.Equal(a, b) {
			t.Errorf("%s\nand\n%s\ndiffer: %s", p[0], p[1], cmp.Diff(a, b))
		}
	}
}

// TestBodyAsJSON: a body in HCL and the same body as JSON of the API are equal.
func TestBodyAsJSON(t *testing.T) {
	s := mustLoad(t, monitorWith("  options {\n    thresholds { warning = 0.1 }\n    include_tags = false\n  }\n  tags = [\"a\"]"))
	raw, err := json.Marshal(s.Objects[0].Body)
	if err != nil {
		t.Fatal(err)
	}
	dir := ddtest.Folder(t, map[string]string{"m.hcl": "stack \"s\" {}\nmonitor \"m\" { json = jsondecode(file(\"m.json\")) }", "m.json": string(raw)})
	again, diags := Load(Options{Dir: dir})
	if len(diags) > 0 {
		t.Fatal(describe(diags))
	}
	if diff := cmp.Diff(s.Objects[0].Body, again.Objects[0].Body); diff != "" {
		t.Error(diff)
	}
}

// TestSharedValues: expressions that do not depend on each are evaluated once and shared between instances.
func TestSharedValues(t *testing.T) {
	s := mustLoad(t, monitorWith("  for_each = { a = 1, b = 2 }\n  options = { notify_by = [\"*\"], thresholds = { critical = 5 } }\n  message = each.key"))
	if len(s.Objects) != 2 {
		t.Fatal("want two objects")
	}
	a, b := s.Objects[0], s.Objects[1]
	if fmt.Sprintf("%p", a.Body["options"]) != fmt.Sprintf("%p", b.Body["options"]) {
		t.Error("options are not shared")
	}
	if fmt.Sprintf("%p", a.Ranges) != fmt.Sprintf("%p", b.Ranges) {
		t.Error("ranges are not shared")
	}
	if a.Body["message"] == b.Body["message"] {
		t.Error("the message does not depend on each")
	}
}

// TestRanges checks the source ranges of values.
func TestRanges(t *testing.T) {
	s := mustLoad(t, `monitor "m" {
  name  = "n"
  type  = "query alert"
  query = "avg(last_5m):avg:a{*} > 5"
  options {
    thresholds = { critical = (5), extra = { new = 1 } }
    dynamic "variables" {
      for_each = ["a", "b"]
      content {
        data_source = "metrics"
        name        = variables.value
        query       = "avg:a{*}"
      }
    }
  }
  tags = ["a",
    "b"]
}`)
	o := s.Objects[0]
	for _, c := range []struct {
		path object.Path
		want string
	}{
		{nil, "1:1"},
		{object.Path{"query"}, "4:11"},
		{object.Path{"options"}, "5:3"},
		{object.Path{"options", "thresholds", "critical"}, "6:31"},
		{object.Path{"options", "thresholds", "new"}, "6:52"},
		{object.Path{"options", "variables", 1}, "7:5"},
		{object.Path{"options", "variables", 1, "name"}, "11:23"},
		{object.Path{"options", "include_tags"}, "5:3"},
		{object.Path{"tags", 1}, "17:5"},
		{object.Path{"message"}, "1:1"},
	} {
		r := o.Ranges.At(c.path)
		if got := fmt.Sprintf("%d:%d", r.Start.Line, r.Start.Column); got != c.want || filepath.Base(r.Filename) != "main.hcl" {
			t.Errorf("%s: want %s, got %s in %s", c.path, c.want, got, r.Filename)
		}
	}
	if s.Files[o.Range().Filename] == nil {
		t.Error("the file is missing in the stack's files")
	}
}

// TestRangesOfInstances: the values of an instance have the same positions as if it were the only one, even if instances
// have other numbers of blocks, at any depth.
func TestRangesOfInstances(t *testing.T) {
	const each, other = `a = ["p"], `, `b = ["q", "r"]`
	widget := "dynamic \"widget\" {\n for_each = each.value\n labels = [\"note\"]\n content {\n content = widget.value\n }\n }\n widget \"note\" {\n content = \"last\"\n }\n"
	for name, text := range map[string]string{
		"at the top":    "dashboard \"d\" {\n for_each = { EACH }\n title = each.key\n layout_type = \"ordered\"\n" + widget + "}",
		"in a group":    "dashboard \"d\" {\n for_each = { EACH }\n title = each.key\n layout_type = \"ordered\"\n group \"g\" {\n" + widget + "}\n}",
		"in an object":  monitorWith("  for_each = { EACH }\n  options {\n dynamic \"variables\" {\n for_each = each.value\n content {\n data_source = \"metrics\"\n name = variables.value\n query = \"avg:a{*}\"\n }\n }\n variables {\n data_source = \"metrics\"\n name = \"last\"\n query = \"avg:a{*}\"\n }\n }"),
		"no dynamic":    monitorWith("  for_each = { EACH }\n  message = each.key\n  options {\n    include_tags = true\n  }"),
		"same for each": monitorWith("  for_each = { EACH }\n  options {\n dynamic \"variables\" {\n for_each = [1, 2]\n content {\n data_source = \"metrics\"\n name = \"v\"\n query = \"avg:a{*}\"\n }\n }\n }"),
	} {
		both, alone := mustLoad(t, strings.ReplaceAll(text, "EACH", each+other)), mustLoad(t, strings.ReplaceAll(text, "EACH", strings.Repeat(" ", len(each))+other))
		if len(both.Objects) != 2 || len(alone.Objects) != 1 {
			t.Fatalf("%s: %d and %d objects", name, len(both.Objects), len(alone.Objects))
		}
		positions := func(o *object.Object) map[string]string {
			out := make(map[string]string, len(o.Ranges))
			for at, r := range o.Ranges {
				out[at] = fmt.Sprintf("%d:%d", r.Start.Line, r.Start.Column)
			}
			return out
		}
		if diff := cmp.Diff(positions(alone.Objects[0]), positions(both.Objects[1])); diff != "" {
			t.Errorf("%s: alone -, second +:\n%s", name, diff)
		}
	}
}

func TestLifecycle(t *testing.T) {
	s := mustLoad(t, monitorWith("  lifecycle {\n    prevent_destroy = true\n    ignore_changes = [query, options.thresholds, \"tags[0]\", options[\"x y\"]]\n  }"))
	want := object.Lifecycle{PreventDestroy: true, IgnoreChanges: []object.Path{{"query"}, {"options", "thresholds"}, {"tags", 0}, {"options", "x y"}}}
	if diff := cmp.Diff(want, s.Objects[0].Lifecycle); diff != "" {
		t.Error(diff)
	}
}

// TestFilesOutsideOfFolder: functions cannot read files outside of the stack's folder.
func TestFilesOutsideOfFolder(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"main.hcl": "stack \"s\" {}\n", "in.txt": "in", "way": "-> " + filepath.Dir(outside), "door": "-> " + outside, "inner": "-> in.txt"}
	dir := ddtest.Folder(t, files)
	link(t, dir, files)
	for _, call := range []string{`file("way/secret")`, `file("door")`, `filebase64("door")`, `templatefile("door", {})`, `file("` + outside + `")`, `file("../secret")`} {
		ddtest.Write(t, filepath.Join(dir, "main.hcl"), "stack \"s\" {}\nlocals { a = "+call+" }\n")
		if _, diags := Load(Options{Dir: dir}); !diags.HasErrors() {
			t.Errorf("%s can be read", call)
		}
	}
	for _, call := range []string{`fileexists("door")`, `fileexists("way/secret")`, `length(fileset(".", "way/*")) > 0`, `length(fileset("way", "*")) > 0`} {
		ddtest.Write(t, filepath.Join(dir, "main.hcl"), "stack \"s\" {}\n"+monitorWith("  priority = "+call+" ? 1 : 2"))
		s, diags := Load(Options{Dir: dir})
		if !diags.HasErrors() && s.Objects[0].Body["priority"] != json.Number("2") {
			t.Errorf("%s finds files", call)
		}
	}
	ddtest.Write(t, filepath.Join(dir, "main.hcl"), "stack \"s\" {}\n"+monitorWith("  message = file(\"inner\")"))
	s, diags := Load(Options{Dir: dir})
	if diags.HasErrors() || s.Objects[0].Body["message"] != "in" {
		t.Errorf("a link inside of the folder is not followed:\n%s", describe(diags))
	}
}
