package config

import (
	"strings"
	"testing"
)

// TestProblemsOfSensitiveValues: a problem names the field, unless the name is itself a part of a sensitive value, and
// quotes the value unless it is sensitive.
func TestProblemsOfSensitiveValues(t *testing.T) {
	const variables = "variable \"delay\" {\n  default   = 60\n  sensitive = true\n}\n" +
		"variable \"options\" {\n  default   = { hush_a = 1, new_host_delay = 60, aggregation = {} }\n  sensitive = true\n}\n" +
		"variable \"json\" {\n  default   = \"{\\\"hush_b\\\": 1, \\\"locked\\\": true, \\\"notify_audit\\\": 1}\"\n  sensitive = true\n}\n"
	const (
		name       = "Unknown field: The field is part of a sensitive value, so its name is not shown."
		value      = ": The value is sensitive, so details are not shown."
		deprecated = "Deprecated field" + value
	)
	for lines, want := range map[string][]string{
		"  options = { new_host_delay = 60 }":                         {`Datadog has deprecated "new_host_delay".`},
		"  options = { new_host_delay = var.delay }":                  {`Datadog has deprecated "new_host_delay".`},
		"  options = { aggregation = { a = var.delay } }":             {`Only Datadog sets "aggregation"`},
		"  options = { hush = var.delay }":                            {`"hush"`},
		"  options = { timeout_h = [var.delay] }":                     {"Invalid type" + value},
		"  options = var.options":                                     {name, deprecated, "Read-only field" + value},
		"  options = { for k, v in jsondecode(var.json) : k => v }":   {name, deprecated, "Invalid type" + value},
		"  options = { locked = true, extra = jsondecode(var.json) }": {`The field "locked" is set both`},
		"  json = jsondecode(var.json)":                               {name},
		"  extra = jsondecode(var.json)":                              {"Field in the wrong place: The field is part of a sensitive value"},
	} {
		_, diags := loadText(t, variables+monitorWith(lines))
		said := describe(diags)
		for _, text := range want {
			if !strings.Contains(said, text) {
				t.Errorf("%s: no %q in:\n%s", lines, text, said)
			}
		}
		if strings.Contains(said, "hush_") {
			t.Errorf("%s: a name of a sensitive value in:\n%s", lines, said)
		}
	}
}
