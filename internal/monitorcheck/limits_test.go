package monitorcheck

import (
	"strings"
	"testing"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// long are patterns for queries of any length: head, repeated parts and tail.
var long = map[string]struct{ typ, head, part, tail string }{
	"sum":        {"query alert", "avg(last_5m):", "avg:a{*} + ", "avg:a{*} > 1"},
	"minuses":    {"query alert", "avg(last_5m):", "-", "avg:a{*} > 1"},
	"brackets":   {"query alert", "avg(last_5m):", "(", "avg:a{*} > 1"},
	"calls":      {"query alert", "avg(last_5m):", "abs(", "avg:a{*} > 1"},
	"scope":      {"query alert", "avg(last_5m):avg:a{", "a:b,", "a:c} > 1"},
	"scope or":   {"query alert", "avg(last_5m):avg:a{", "a:b OR ", "a:c} > 1"},
	"scope not":  {"query alert", "avg(last_5m):avg:a{", "!", "a:c} > 1"},
	"spaces":     {"query alert", "avg(last_5m):avg:a{*} >", " ", "1"},
	"methods":    {"query alert", "avg(last_5m):avg:a{*}", ".as_count()", " > 1"},
	"search":     {"log alert", `logs("`, "x OR ", `y").index("*").rollup("count").last("5m") > 1`},
	"escapes":    {"log alert", `logs("`, `\\ x `, `y").index("*").rollup("count").last("5m") > 1`},
	"ranges":     {"log alert", `logs("`, `[\"x `, `y").index("*").rollup("count").last("5m") > 1`},
	"composite":  {"composite", "", "1 && ", "2"},
	"composite!": {"composite", "", "!", "2"},
	"mixed":      {"composite", "", "1 && 2 || ", "2"},
	"formula":    {"query alert", `formula("`, "q + ", `q").last("5m") > 1`},
	"check":      {"service check", `"a".over(`, `"k:v",`, `"k:w").last(2).count_by_status()`},
}

// TestLongQueries: Check finishes in time for queries of the maximum length.
func TestLongQueries(t *testing.T) {
	for name, test := range long {
		t.Run(name, func(t *testing.T) {
			fits := strings.Repeat(test.part, (ddquery.MaxQuery-len(test.head)-len(test.tail))/len(test.part))
			Check(&monitor.Monitor{Type: test.typ, Query: test.head + fits + test.tail, Message: "{{x.name}}"})
		})
	}
}

// TestLongMessages: a message that is too long is plain text with a single error, and a message of the maximum length
// has at most maxReported problems per check.
func TestLongMessages(t *testing.T) {
	for name, part := range map[string]string{
		"open": "{{", "blocks": "{{#is_alert}}", "closed": "{{/is_alert}}", "unknown": "{{valuee}}", "groups": "{{a.name}}", "conditions": "{{#is_x}}x{{/is_x}}",
		"handles": " @{{", "workflows": " @workflow-a(", "comments": "{{!--", "raw": "{{{{raw}}}}", "quotes": `{{a "`,
	} {
		t.Run(name, func(t *testing.T) {
			k := &monitor.Monitor{Type: "query alert", Query: "avg(last_5m):avg:a{*} > 1", Message: strings.Repeat(part, ddquery.MaxMessage/len(part))}
			if problems := Check(k); len(problems) > 2*maxReported {
				t.Errorf("%d problems", len(problems))
			}
			k.Message += part + part
			problems := Check(k)
			if len(problems) != 1 || problems[0].Code != "too_long" || problems[0].Field != "message" {
				t.Errorf("got %v, want too_long", problems)
			}
			if got := ddquery.Print(must(ddquery.ParseTemplate(k.Message))); got != k.Message {
				t.Error("the template does not contain the whole message")
			}
		})
	}
}

func must(template *ddquery.Template, _ []*ddquery.Error) *ddquery.Template { return template }
