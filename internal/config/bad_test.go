package config

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/diag"
)

// monitorWith returns a valid monitor with additional lines, which start at line 5 of the file.
func monitorWith(lines string) string {
	return "monitor \"m\" {\n  name  = \"n\"\n  type  = \"query alert\"\n  query = \"avg(last_5m):avg:a{*} > 5\"\n" + lines + "\n}\n"
}

func dashboardWith(lines string) string {
	return "dashboard \"d\" {\n  title       = \"t\"\n  layout_type = \"ordered\"\n  widgets_are = 1\n" + lines + "\n}\n"
}

// badInput has files main.hcl with the expected diagnostic: code, position as line:column, part of the message.
var badInput = []struct {
	name, text, code, at, says string
}{
	// the file
	{"syntax", "monitor \"m\" {", "hcl", "1:13", "closing brace"},
	{"deep", "locals {\n  a = " + strings.Repeat("(", 1e6), "limit", "2:2006", "levels deep"},
	{"deep signs", "locals {\n  a = " + strings.Repeat("! ", 1e6), "limit", "2:4007", "levels deep"},
	{"datadog dollar", "locals { a = \"x ${{value}}\" }", "datadog_template", "1:17", "$${{"},
	{"datadog percent", "locals { a = \"100%{{value}}\" }", "datadog_template", "1:18", "%%{{"},
	{"datadog in heredoc", "locals {\n a = <<-E\n   ok {{value}}\n   cost ${{#is_alert}}x{{/is_alert}}\n E\n}", "datadog_template", "4:9", "$${{"},
	{"attribute outside", "a = 1", "unexpected_attribute", "1:1", "locals"},
	{"unknown block", "moniter \"m\" {}", "unknown_block", "1:1", `Did you mean "monitor"?`},
	{"recording", "phases {}", "unknown_block", "1:1", "testdata/incident/recording.hcl"},
	{"module", "module \"m\" {}", "unsupported_block", "1:1", "does not support modules"},
	{"import", "import {}", "unsupported_block", "1:1", "import blocks"},
	{"moved", "moved {}", "unsupported_block", "1:1", "moved blocks"},
	{"removed", "removed {}", "unsupported_block", "1:1", "removed blocks"},
	{"test", "test \"t\" {}", "misplaced_block", "1:1", ".test.hcl"},
	{"guide", "guide \"t\" {}", "missing_field", "1:1", "needs at least one step"},
	{"no label", "monitor {}", "invalid_labels", "1:1", `monitor "queue_depth"`},
	{"two labels", "variable \"a\" \"b\" {}", "invalid_labels", "1:1", "one label"},
	{"label on locals", "locals \"a\" {}", "invalid_labels", "1:8", "no labels"},
	{"no identifier", "monitor \"a b\" {}", "invalid_name", "1:9", "not a valid name for references"},
	{"duplicate monitor", monitorWith("") + monitorWith(""), "duplicate_name", "7:1", "main.hcl:1"},
	{"duplicate variable", "variable \"a\" { default = 1 }\nvariable \"a\" {}", "duplicate_name", "2:1", "main.hcl:1"},
	{"duplicate local", "locals { a = 1 }\nlocals { a = 2 }", "duplicate_name", "2:10", "main.hcl:1"},
	{"second stack", "stack \"b\" {}", "duplicate_stack", "1:1", ""},
	{"block in locals", "locals {\n  a {}\n}", "unexpected_block", "2:3", "a = {"},

	// metrics
	{"metric without type", "metric \"a.b\" {}", "missing_field", "1:1", `"gauge", "count"`},
	{"metric type", "metric \"a\" { type = \"gage\" }", "invalid_value", "1:21", `Did you mean "gauge"?`},
	{"metric type no text", "metric \"a\" { type = 5 }", "wrong_type", "1:21", "string"},
	{"metric field", "metric \"a\" {\n  type = \"gauge\"\n  units = \"byte\"\n}", "unknown_field", "3:3", `Did you mean "unit"?`},
	{"metric block", "metric \"a\" {\n  type = \"gauge\"\n  tags {}\n}", "unexpected_block", "3:3", "tags"},
	{"metric interval", "metric \"a\" {\n  type = \"gauge\"\n  interval = \"15 seconds\"\n}", "invalid_value", "3:14", `"90s"`},
	{"metric interval short", "metric \"a\" {\n  type = \"gauge\"\n  interval = \"10ms\"\n}", "invalid_value", "3:14", "at least one second"},
	{"metric tags", "metric \"a\" {\n  type = \"gauge\"\n  tags = \"queue\"\n}", "wrong_type", "3:10", `["queue", "vhost"]`},
	{"metric tag with value", "metric \"a\" {\n  type = \"gauge\"\n  tags = [\"queue:a\"]\n}", "invalid_value", "3:10", `Write "queue"`},
	{"metric when gone", "metric \"a\" {\n  type = \"gauge\"\n  when_gone = \"end\"\n}", "invalid_value", "3:15", `Did you mean "ends"?`},
	{"metric name", "metric \"a b\" { type = \"gauge\" }", "invalid_name", "1:8", "valid metric name"},
	{"metric without name", "metric { type = \"gauge\" }", "invalid_labels", "1:1", "the metric's name"},
	{"duplicate metric", "metric \"a\" { type = \"gauge\" }\nmetric \"a\" { type = \"count\" }", "duplicate_name", "2:1", "main.hcl:1"},
	{"metric unknown local", "metric \"a\" { type = local.t }", "unknown_name", "1:21", "local"},
	{"metric secret", "variable \"s\" {\n  default = \"x\"\n  sensitive = true\n}\nmetric \"a\" { type = var.s }", "invalid_value", "5:21", "nonsensitive"},
	{"metric id", "metric \"a\" { type = monitor.m.id }\n" + monitorWith(""), "unknown_id", "1:21", "id"},

	// variables and locals
	{"variable without value", "variable \"a\" {}", "missing_variable", "1:1", "DDMON_VAR_a"},
	{"variable field", "variable \"a\" {\n  default = 2\n  defaut = 1\n}", "unknown_field", "3:3", `Did you mean "default"?`},
	{"variable default", "variable \"a\" {\n  type = number\n  default = \"x\"\n}", "invalid_variable", "3:13", "number"},
	{"variable null", "variable \"a\" {\n  nullable = false\n  default = null\n}", "invalid_variable", "3:13", "nullable"},
	{"variable flag", "variable \"a\" {\n  sensitive = \"x\"\n default = 1\n}", "invalid_value", "2:15", "true or false"},
	{"variable type", "variable \"a\" {\n  type = strin\n default = 1\n}", "hcl", "2:10", "keyword"},
	{"validation", "variable \"a\" {\n  default = 1\n  validation {\n    condition     = var.a > 1\n    error_message = \"More than ${1}.\"\n  }\n}", "invalid_variable", "4:21", "More than 1."},
	{"validation incomplete", "variable \"a\" {\n  default = 1\n  validation {\n    condition = true\n  }\n}", "missing_field", "3:3", "error_message"},
	{"cycle of locals", "locals {\n  a = local.b\n  b = local.c + 1\n  c = local.a\n}", "reference_cycle", "4:7", "local.a refers to local.b refers to local.c refers to local.a"},
	{"own local", "locals {\n  a = [local.a]\n}", "reference_cycle", "2:8", "local.a refers to local.a"},

	// names
	{"unknown local", "locals {\n  queue = 1\n  b = local.qeue\n}", "unknown_name", "3:7", `Did you mean "queue"?`},
	{"unknown variable", "locals { b = var.x }", "unknown_name", "1:14", `variable "x" {}`},
	{"unknown root", "locals { b = vra.x }", "unknown_name", "1:14", `Did you mean "var"?`},
	{"bare word", monitorWith("  message = hello"), "unknown_name", "5:13", "quotes"},
	{"each without for_each", monitorWith("  message = each.key"), "unknown_name", "5:13", "for_each"},
	{"count", monitorWith("  message = count.index"), "unknown_name", "5:13", "for_each"},
	{"computed name", "locals { b = local[\"x\"] }", "unknown_name", "1:14", "local.NAME"},
	{"unknown monitor", monitorWith("  message = monitor.n.id"), "unknown_name", "5:13", `Did you mean "m"?`},
	{"unknown function", "locals { b = uper(\"x\") }", "hcl", "1:14", "upper"},

	// references
	{"not the id", monitorWith("  message = monitor.m.name"), "unknown_name", "5:13", "Write monitor.m.id"},
	{"whole object", monitorWith("  message = monitor.m"), "unknown_name", "5:13", "Write monitor.m.id"},
	{"key on single", monitorWith("  message = monitor.m[\"k\"].id"), "unknown_name", "5:13", "no for_each"},
	{"no key", "locals { a = monitor.m.id }\n" + monitorWith("  for_each = { k = 1 }"), "unknown_name", "1:14", `monitor.m["KEY"].id`},
	{"wrong key", "locals { a = monitor.m[\"kk\"].id }\n" + monitorWith("  for_each = { k = 1, l = 2 }"), "unknown_name", "1:23", `Did you mean "k"?`},
	{"computed wrong key", "locals { a = monitor.m[lower(\"X\")].id }\n" + monitorWith("  for_each = { k = 1 }"), "unknown_name", "1:23", `"k"`},
	{"itself", monitorWith("  message = monitor.m.id"), "reference_cycle", "5:13", "own id"},
	{"cycle of objects", monitorWith("  message = monitor.a.id") + strings.Replace(monitorWith("  message = \"x ${monitor.m.id}\""), "\"m\"", "\"a\"", 1),
		"reference_cycle", "5:13", "monitor.a refers to monitor.m refers to monitor.a"},
	{"for_each cycle", monitorWith("  for_each = toset(keys(monitor.m))"), "reference_cycle", "5:25", "for_each of monitor.m"},

	{"splat", "locals { a = monitor.m[*].id }\n" + monitorWith("  for_each = { k = 1 }"), "unknown_name", "1:14", "values(monitor.m)[*].id"},

	// ids in conditions
	{"id in JSON without quotes", "locals { a = jsondecode(\"[${monitor.m.id}]\") }\n" + monitorWith(""), "unknown_id", "1:14", "quotes"},
	{"id in condition", "locals { a = monitor.m.id == \"5\" ? 1 : 2 }\n" + monitorWith(""), "unknown_id", "1:14", "id"},
	{"id in condition by local", "locals {\n  a = monitor.m.id\n  b = local.a != \"\" ? 1 : 2\n}\n" + monitorWith(""), "unknown_id", "3:7", "id"},
	{"id in function", "locals { a = upper(monitor.m.id) }\n" + monitorWith(""), "unknown_id", "1:20", "id"},
	{"id in function by for", "locals { a = [for x in [monitor.m.id] : upper(x)] }\n" + monitorWith(""), "unknown_id", "1:47", "id"},
	{"id in if", "locals { a = [for x in [1] : x if monitor.m.id == x] }\n" + monitorWith(""), "unknown_id", "1:35", "id"},
	{"id as index", "locals { a = { x = 1 }[monitor.m.id] }\n" + monitorWith(""), "unknown_id", "1:24", "id"},
	{"id as key", "locals { a = { (monitor.m.id) = 1 } }\n" + monitorWith(""), "unknown_id", "1:16", "id"},
	{"id in arithmetic", "locals { a = monitor.m.id + 1 }\n" + monitorWith(""), "unknown_id", "1:14", "id"},
	{"id next to a text in a set", "locals { a = toset([monitor.m.id, \"a\"]) }\n" + monitorWith(""), "unknown_id", "1:20", "id"},
	{"id cut", "locals { a = format(\"%.1s\", monitor.m.id) }\n" + monitorWith(""), "unknown_id", "1:21", "id"},
	{"id decides by mark", monitorWith("") + "monitor \"o\" {\n  name  = \"n\"\n  type  = \"composite\"\n  query = \"1 && 2\"\n  tags  = [for x in [monitor.m.id] : x == \"5\" ? \"a\" : \"b\"]\n}", "unknown_id", "11:11", "monitor.m.id"},
	{"id in for_each of monitor", "monitor \"o\" {\n  for_each = toset([for x in [monitor.m.id] : x])\n  name = \"n\"\n  type = \"composite\"\n  query = \"1 && 2\"\n}\n" + monitorWith(""), "unknown_id", "2:14", "for_each"},

	// combinations of fields
	{"slo without its query", "slo \"s\" {\n  name       = \"n\"\n  type       = \"metric\"\n  thresholds = [{ timeframe = \"7d\", target = 99 }]\n}", "missing_field", "1:1", "numerator"},
	{"slo with a low warning", "slo \"s\" {\n  name        = \"n\"\n  type        = \"monitor\"\n  monitor_ids = [1]\n  thresholds  = [{ timeframe = \"7d\", target = 99, warning = 98 }]\n}", "invalid_value", "5:61", "above"},

	// for_each
	{"for_each list", monitorWith("  for_each = [1]"), "invalid_for_each", "5:14", "toset"},
	{"for_each null", monitorWith("  for_each = null"), "invalid_for_each", "5:14", "toset([])"},
	{"for_each numbers", monitorWith("  for_each = toset([1])"), "invalid_for_each", "5:14", "set of strings"},
	{"for_each null key", monitorWith("  for_each = toset([null, \"a\"])"), "invalid_for_each", "5:14", "null"},
	{"for_each secret", "variable \"s\" {\n  default = \"x\"\n  sensitive = true\n}\n" + monitorWith("  for_each = toset([var.s])"),
		"invalid_for_each", "9:14", "nonsensitive"},

	// the body
	{"unknown field", monitorWith("  mesage = \"x\""), "unknown_field", "5:3", `Did you mean "message"?`},
	{"unknown nested", monitorWith("  options {\n    treshholds { critical = 5 }\n  }"), "unknown_field", "6:5", `Did you mean "thresholds"?`},
	{"unknown in constructor", monitorWith("  options = {\n    thresholds = { critcal = 5 }\n  }"), "unknown_field", "6:20", `Did you mean "critical"?`},
	{"wrong type", monitorWith("  priority = \"high\""), "wrong_type", "5:14", "an integer"},
	{"wrong type in parentheses", monitorWith("  options = ({\n    include_tags = (\"yes\")\n  })"), "wrong_type", "6:20", "bool"},
	{"wrong enum", strings.Replace(monitorWith(""), "query alert", "qery alert", 1), "invalid_value", "3:11", `Did you mean "query alert"?`},
	{"missing field", "monitor \"m\" {\n  name = \"n\"\n  type = \"query alert\"\n}", "missing_field", "1:1", "query"},
	{"block and attribute", monitorWith("  options = {}\n  options { include_tags = true }"), "block_and_attribute", "6:3", "main.hcl:5"},
	{"block for a scalar", monitorWith("  message { a = 1 }"), "unexpected_block", "5:3", "message = ..."},
	{"block twice", monitorWith("  options {}\n  options {}"), "duplicate_block", "6:3", "single object"},
	{"label on a block", monitorWith("  options \"x\" {}"), "invalid_labels", "5:3", "options {"},
	{"misspelt block", monitorWith("  lifecycel {}"), "unknown_field", "5:3", `Did you mean "lifecycle"?`},
	{"number out of range", monitorWith("  priority = 1e310"), "invalid_value", "5:14", "64-bit"},
	{"number far out of range", monitorWith("  priority = 1e999"), "limit", "5:14", "64-bit"},
	{"dynamic without for_each", monitorWith("  dynamic \"options\" {\n    content {}\n  }"), "missing_field", "5:3", "for_each"},
	{"dynamic without content", monitorWith("  dynamic \"options\" {\n    for_each = [1]\n  }"), "invalid_dynamic", "5:3", "content"},
	{"dynamic without label", monitorWith("  dynamic {}"), "invalid_labels", "5:3", "dynamic"},
	{"dynamic over a number", monitorWith("  dynamic \"options\" {\n    for_each = 1\n    content {}\n  }"), "invalid_for_each", "6:16", "list"},
	{"dynamic twice", monitorWith("  dynamic \"options\" {\n    for_each = [1, 2]\n    content {}\n  }"), "duplicate_block", "5:3", "single object"},
	{"inside of dynamic", monitorWith("  dynamic \"options\" {\n    for_each = [1]\n    content {\n      inclde_tags = true\n    }\n  }"), "unknown_field", "8:7", "include_tags"},
	{"json no object", "monitor \"m\" {\n  json = jsondecode(\"[1]\")\n}", "wrong_type", "2:10", "json = jsondecode"},
	{"json missing field", "monitor \"m\" {\n  json = jsondecode(\"{\\\"name\\\": \\\"n\\\", \\\"type\\\": \\\"query alert\\\"}\")\n}", "missing_field", "1:1", "query"},
	{"instance", monitorWith("  for_each = { a = 1, b = 2 }\n  priority = \"x${each.key}\""), "wrong_type", "6:14", `First seen in monitor.m["a"]`},

	{"json unreadable", "monitor \"m\" {\n  json = jsondecode(file(\"x\"))\n}", "unreadable_file", "2:26", "inside"},
	{"json no JSON", "monitor \"m\" {\n  json = jsondecode(\"{\")\n}", "hcl", "2:10", "jsondecode"},
	{"count attribute", monitorWith("  count = 2"), "unknown_field", "5:3", "for_each"},
	{"depends_on", monitorWith("  depends_on = [1]"), "unknown_field", "5:3", "monitor.NAME.id"},
	{"no instances", monitorWith("  for_each = {}\n  mesage = each.key"), "unknown_field", "6:3", `Did you mean "message"?`},

	// lifecycle
	{"lifecycle field", monitorWith("  lifecycle {\n    prevent_destry = true\n  }"), "unknown_field", "6:5", "prevent_destroy"},
	{"lifecycle flag", monitorWith("  lifecycle {\n    prevent_destroy = 1\n  }"), "invalid_value", "6:23", "true or false"},
	{"lifecycle twice", monitorWith("  lifecycle {}\n  lifecycle {}"), "duplicate_block", "6:3", "main.hcl:5"},
	{"lifecycle dynamic", monitorWith("  dynamic \"lifecycle\" {\n    for_each = [1]\n    content {}\n  }"), "invalid_dynamic", "5:3", "share one lifecycle"},
	{"ignore no list", monitorWith("  lifecycle {\n    ignore_changes = query\n  }"), "invalid_lifecycle", "6:22", "[query"},
	{"ignore no path", monitorWith("  lifecycle {\n    ignore_changes = [1 + 1]\n  }"), "invalid_lifecycle", "6:23", "options.thresholds"},
	{"ignore unknown", monitorWith("  lifecycle {\n    ignore_changes = [mesage]\n  }"), "unknown_field", "6:23", `Did you mean "message"?`},

	// dashboards
	{"unknown widget", dashboardWith("  widget \"tmieseries\" {}"), "unknown_widget", "5:10", `Did you mean "timeseries"?`},
	{"widget without type", dashboardWith("  widget {}"), "invalid_labels", "5:3", "its type"},
	{"misspelt widget", dashboardWith("  widgit \"note\" { content = \"x\" }"), "unknown_field", "5:3", `Did you mean "widget"?`},
	{"group in group", dashboardWith("  group \"a\" {\n    group \"b\" {}\n  }"), "unexpected_block", "6:5", "next to the outer one"},
	{"title twice", dashboardWith("  group \"a\" {\n    title = \"b\"\n  }"), "block_and_attribute", "6:5", "label"},
	{"widgets twice", dashboardWith("  widgets = []\n  widget \"note\" { content = \"x\" }"), "block_and_attribute", "6:3", "main.hcl:5"},
	{"computed type", dashboardWith("  dynamic \"widget\" {\n    for_each = [\"note\"]\n    labels = [widget.value]\n    content {}\n  }"), "invalid_dynamic", "7:15", "without variables"},
	{"dynamic label missing", dashboardWith("  dynamic \"widget\" {\n    for_each = [\"note\"]\n    content {}\n  }"), "invalid_labels", "5:3", "labels = "},
	{"field in widget", dashboardWith("  widget \"note\" {\n    contnt = \"x\"\n  }"), "unknown_field", "6:5", `Did you mean "content"?`},
	{"missing in widget", dashboardWith("  widget \"note\" {\n  }"), "missing_field", "5:3", "content"},

	// names and nesting of Datadog's Terraform provider
	{"request", dashboardWith(widgetWith("    request {\n      query {\n        metric_query {\n          query = \"avg:a{*}\"\n        }\n      }\n      formula {\n        formula_expression = \"a\"\n      }\n    }")),
		"unknown_field", "6:5", `Write: requests { queries { data_source = "metrics" ... } formulas { formula = ... } }`},
	{"empty request", dashboardWith(widgetWith("    request {\n      query {\n      }\n    }")), "unknown_field", "6:5", "Write: requests { queries { ... } }"},
	{"requests", dashboardWith(widgetWith("    request {\n      q = \"a\"\n    }\n    request {\n      q = \"b\"\n    }")), "unknown_field", "6:5", "Write: requests { ... }"},
	{"dynamic request", dashboardWith(widgetWith("    dynamic \"request\" {\n      for_each = [1]\n      content {\n        query {\n        }\n      }\n    }")),
		"unknown_field", "6:5", "Write: requests { queries { ... } }"},
	{"query", dashboardWith(widgetWith("    requests {\n      query {\n        event_query {\n        }\n      }\n    }")), "unknown_field", "7:7", "Write: queries { ... }"},
	{"custom link", dashboardWith(widgetWith("    requests = []\n    custom_link {\n      link = \"x\"\n    }")), "unknown_field", "7:5", "Write: custom_links { ... }"},
	{"one request", dashboardWith("  widget \"hostmap\" {\n    request {\n      fill {\n        q = \"a\"\n      }\n    }\n  }"), "unknown_field", "6:5", "Write: requests { ... }"},
	{"widget by a definition", dashboardWith("  widget {\n    toplist_definition {\n      request {\n      }\n    }\n    widget_layout {\n      x = 1\n    }\n  }"),
		"invalid_labels", "5:3", `Write: widget "toplist" { requests { ... } layout { ... } }`},
	{"group by a definition", dashboardWith("  widget {\n    group_definition {\n    }\n  }"), "invalid_labels", "5:3", `Write: group "Title" { ... }`},
	{"span of a widget", dashboardWith(widgetWith("    requests = []\n    live_span = \"1h\"")), "unknown_field", "7:5", "Write: time { live_span = ... }"},
	{"recurrence", monitorWith("  options {\n    scheduling_options {\n      custom_schedule {\n        recurrence {\n        }\n      }\n    }\n  }"),
		"unknown_field", "8:9", "Write: recurrences { ... }"},
	{"queries of an slo", "slo \"s\" {\n  name = \"s\"\n  type = \"time_slice\"\n  thresholds = [{ timeframe = \"7d\", target = 99 }]\n  sli_specification {\n    time_slice {\n      comparator = \">\"\n      threshold = 1\n      query {\n        formulas = [{ formula = \"a\" }]\n        query {\n          metric_query {\n          }\n        }\n      }\n    }\n  }\n}",
		"unknown_field", "11:9", `Write: queries { data_source = "metrics" ... }`},

	// functions
	{"outside", "locals { a = file(\"../x\") }", "unreadable_file", "1:19", "inside"},
	{"absolute", "locals { a = file(\"/etc/passwd\") }", "unreadable_file", "1:19", "inside"},
	{"no file", "locals { a = file(\"x\") }", "unreadable_file", "1:19", "cannot read the file x"},
	{"timestamp", "locals { a = timestamp() }", "unsupported_function", "1:14", "each time"},
	{"uuid", "locals { a = uuid() }", "unsupported_function", "1:14", "uuidv5"},
}

func TestInvalidInput(t *testing.T) {
	for _, c := range badInput {
		t.Run(c.name, func(t *testing.T) {
			_, diags := loadText(t, c.text)
			for _, d := range diags {
				if diag.Code(d) != c.code || d.Subject == nil {
					continue
				}
				at := fmt.Sprintf("%d:%d", d.Subject.Start.Line, d.Subject.Start.Column)
				if at == c.at && strings.Contains(d.Summary+": "+d.Detail, c.says) {
					return
				}
			}
			t.Errorf("want %s at %s with %q, got:\n%s", c.code, c.at, c.says, describe(diags))
		})
	}
}

// TestNoFollowUpDiagnostics checks that one mistake causes only one diagnostic.
func TestNoFollowUpDiagnostics(t *testing.T) {
	for _, c := range badInput {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(c.text, "  widgets_are = 1\n", "\n", 1)
			_, diags := loadText(t, text)
			errors := 0
			for _, d := range diags {
				if len(strings.Fields(d.Summary)) > 8 || strings.HasSuffix(d.Summary, ".") {
					t.Errorf("summary %q", d.Summary)
				}
				if strings.Contains(d.Detail, "\uE4F7") { // package lang's placeholder for an unknown id
					t.Errorf("%q contains a sentinel", d.Detail)
				}
				errors++
			}
			// A misspelled required field is also reported as missing, because the name can be meant for extra.
			if errors != 1 && c.name != "field in widget" {
				t.Errorf("%d diagnostics:\n%s", errors, describe(diags))
			}
		})
	}
}

func TestInvalidFolder(t *testing.T) {
	cases := []struct {
		name  string
		files map[string]string
		code  string
		says  string
	}{
		{"empty", map[string]string{"readme.txt": "x"}, "no_configuration", "-C DIR"},
		{"only tests and hidden files", map[string]string{"a.test.hcl": "x {", ".b.hcl": "x {", "monitors/.git/c.hcl": "x {", "other/d.hcl": "x {"}, "no_configuration", "-C DIR"},
		{"no stack", map[string]string{"a.hcl": "locals {}"}, "no_stack", `stack "my-service" {}`},
		{"two stacks", map[string]string{"a.hcl": "stack \"a\" {}", "monitors/b.hcl": "stack \"b\" {}"}, "duplicate_stack", "a.hcl:1"},
		{"link to nowhere", map[string]string{"a.hcl": "stack \"a\" {}", "b.hcl": "-> nowhere"}, "unreadable_file", "b.hcl"},
		{"stack tags", map[string]string{"a.hcl": "stack \"a\" { tags = \"x\" }"}, "wrong_type", "list of strings"},
		{"stack field", map[string]string{"a.hcl": "stack \"a\" { tag = [] }"}, "unknown_field", `Did you mean "tags"?`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := ddtest.Folder(t, c.files)
			link(t, dir, c.files)
			_, diags := Load(Options{Dir: dir})
			if len(diags) != 1 || diag.Code(diags[0]) != c.code || !strings.Contains(diags[0].Detail, c.says) {
				t.Errorf("want %s with %q, got:\n%s", c.code, c.says, describe(diags))
			}
		})
	}
	if _, diags := Load(Options{Dir: filepath.Join(t.TempDir(), "none")}); !diags.HasErrors() || diag.Code(diags[0]) != "unreadable_directory" {
		t.Errorf("a folder that does not exist: %s", describe(diags))
	}
}

// widgetWith is a timeseries with these lines.
func widgetWith(lines string) string { return "  widget \"timeseries\" {\n" + lines + "\n  }" }
