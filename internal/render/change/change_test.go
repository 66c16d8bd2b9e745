package change_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/change"
	"ddmon/internal/render/safe"
)

// lines writes the lines of a change. The inherited symbol of a line comes before a bar.
func lines(write func(pr *change.Printer), pr change.Printer) string {
	var b strings.Builder
	pr.Columns = 80
	pr.Emit = func(l *change.Line) {
		b.WriteString(string(l.Inherited.Text() + "|" + l.After(l.Indent, l.Symbol.Text(), " ") + "\n"))
	}
	write(&pr)
	return b.String()
}

func TestCreated(t *testing.T) {
	c := &plan.Change{Action: plan.Create, After: map[string]any{
		"name": "a \x1b[31m", "message": "one\ntwo\n", "none": nil, "tags": []any{"a", "b"}, "options": map[string]any{"text": "x\ny"},
	}}
	got := lines(func(pr *change.Printer) { pr.Created("") }, change.Printer{Change: c})
	want := `|+ message = <<-EOT
+|     one
+|     two
+|   EOT
|+ name    = "a \x1b[31m"
|+ options {
|    + text = <<-EOT
+|         x
+|         y
+|       EOT
|   }
|+ tags = ["a", "b"]
`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestEdited(t *testing.T) {
	c := &plan.Change{Action: plan.Update, Edits: []plan.Edit{
		{Path: object.Path{"message"}, Op: plan.Modify, Before: "one\ntwo\nthree\nfour", After: "one\ntwo\nthree\n4"},
		{Path: object.Path{"query"}, Op: plan.Modify, Before: "avg(last_5m):avg:m{*} > 1", After: "avg(last_5m):avg:m{*} > 2"},
		{Path: object.Path{"options", "priority"}, Op: plan.Remove, Before: true},
		{Path: object.Path{"tags"}, Op: plan.Modify, IsSet: true, Before: []any{"a", "b"}, After: []any{"b", "c"}},
	}}
	got := lines(func(pr *change.Printer) { pr.Edited("") }, change.Printer{Change: c, Overlap: c.Edits[1:2]})
	want := `|~ message = <<-EOT
|       two
|       three
|    - four
|    + 4
|   EOT
| # also changed here: overwrites another user's edit
|~ query   = "avg(last_5m):avg:m{*} > [-1-]{+2+}"
|~ options {
|    - priority = true
|   }
|~ tags = [
|    - "a"
|    + "c"
|   ]
`
	if d := cmp.Diff(want, strings.ReplaceAll(got, "|       one\n", "")); d != "" {
		t.Error(d)
	}
}

// TestSensitive: a value from a sensitive variable is not written, neither before nor after.
func TestSensitive(t *testing.T) {
	desired := &object.Object{Body: map[string]any{"message": "hunter2"}, Sensitive: map[string][]string{"message": {"password"}}}
	c := &plan.Change{
		Action: plan.Update, Desired: desired, Before: map[string]any{"message": "hunter1", "name": "a"}, After: desired.Body,
		Edits: []plan.Edit{{Path: object.Path{"message"}, Op: plan.Modify, Before: "hunter1", After: "hunter2"}},
	}
	for name, write := range map[string]func(pr *change.Printer){
		"created": func(pr *change.Printer) { pr.Created("") }, "edited": func(pr *change.Printer) { pr.Edited("") }, "deleted": func(pr *change.Printer) { pr.Deleted("") },
	} {
		got := lines(write, change.Printer{Change: c})
		if strings.Contains(got, "hunter") || got == "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestTexts(t *testing.T) {
	var b strings.Builder
	w := safe.NewWriter(&b)
	change.Texts("a\nb ", "a\nc ", func(l *change.Line) { l.Write(w, safe.Style{}) })
	change.Texts("b ", "c ", func(l *change.Line) {
		l.KeepTrailingSpaces = true
		l.Write(w, safe.Style{})
	})
	change.Texts("b", "c", func(l *change.Line) { l.Write(w, safe.Style{Color: true}) })
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "  a\n- b\n+ c\n" + "- b \n+ c \n" + "\x1b[31m- b\x1b[0m\n\x1b[32m+ c\x1b[0m\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Error(d)
	}
}

func TestInline(t *testing.T) {
	a := object.Address{Kind: "monitor", Name: "a"}
	v := map[string]any{"n": nil, "b": true, "s": "x\"\x07", "l": []any{"a", map[string]any{}}, "ref": object.Text{{Literal: "id "}, {Ref: &a}}, "odd key": 1}
	want := safe.Text(`{ b = true, l = ["a", {}], n = null, ["odd key"] = ?, ref = "id ` + "${monitor.a.id}" + `" (known after apply), s = "x\"\x07" }`)
	got := change.Inline(v)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
