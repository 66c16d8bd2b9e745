package render_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"ddmon/internal/render/hostile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/safe"
)

// documents are all renderers for programs, by the names of their golden files.
func documents(t testing.TB) map[string]func(o outside) string {
	write := func(f func(w io.Writer) error) string {
		var out bytes.Buffer
		if err := f(&out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	return map[string]func(o outside) string{
		"annotations.txt": func(o outside) string {
			diags, _ := o.diagnostics()
			return write(func(w io.Writer) error { return machine.Annotations(w, showDiags(diags), nil) })
		},
		"sarif.json": func(o outside) string {
			diags, _ := o.diagnostics()
			return write(func(w io.Writer) error {
				return machine.SARIF(w, showDiags(diags), "0", func(string) string { return "help" })
			})
		},
		"junit.xml": func(o outside) string {
			return write(func(w io.Writer) error { return machine.JUnit(w, o.tests()) })
		},
		"results.json": func(o outside) string {
			diags, _ := o.diagnostics()
			var events []any
			for _, e := range o.events() {
				events = append(events, machine.NewEvent(e, time.Second))
			}
			all := []any{events, machine.NewResult(o.result(), false), machine.JSONDiagnostics(showDiags(diags)), o.tests(), o.drift(), o.behaviour()}
			return write(func(w io.Writer) error { return machine.JSON(w, all, "  ") })
		},
		"group.txt": func(o outside) string {
			begin, end := machine.Group(o.s())
			return begin + end
		},
	}
}

// TestHostileDocuments: documents contain no character that controls a terminal, because a terminal can show them too.
func TestHostileDocuments(t *testing.T) {
	for name, f := range documents(t) {
		golden(t, "hostile_"+name, each(f))
		for _, text := range hostile.Texts() {
			if err := hostile.Visible(f(outside{hostile.Only(text.Text)})); err != nil {
				t.Errorf("%s of %s: %.300v", name, text.Name, err)
			}
		}
	}
}

// TestHostileJSON: a program reads the exact text, with replacement characters for invalid UTF-8.
func TestHostileJSON(t *testing.T) {
	for _, text := range append(hostile.Texts(), hostile.Text{Name: "all", Text: hostile.Megabyte()[:5000]}) {
		for _, name := range []string{"sarif.json", "results.json"} {
			var got any
			if err := json.Unmarshal([]byte(documents(t)[name](outside{hostile.Only(text.Text)})), &got); err != nil {
				t.Errorf("%s of %s: %v", name, text.Name, err)
			}
			quoted, _ := json.Marshal(text.Text)
			var want string
			if err := json.Unmarshal(quoted, &want); err != nil {
				t.Fatal(err)
			}
			if !holds(got, want) {
				t.Errorf("%s of %s: the text is not in it", name, text.Name)
			}
		}
	}
}

// holds reports whether a string in a document contains a text.
func holds(v any, text string) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(v, text)
	case []any:
		for _, e := range v {
			if holds(e, text) {
				return true
			}
		}
	case map[string]any:
		for _, e := range v {
			if holds(e, text) {
				return true
			}
		}
	}
	return false
}

// TestHostileJUnit: the document is well-formed and contains the text with visible escapes.
func TestHostileJUnit(t *testing.T) {
	for _, text := range append(hostile.Texts(), hostile.Text{Name: "much", Text: hostile.Megabyte()[:1<<17]}) {
		var got struct {
			Cases []struct {
				Name    string `xml:"name,attr"`
				Failure []struct {
					Text string `xml:",chardata"`
				} `xml:"failure"`
			} `xml:"testsuite>testcase"`
		}
		if err := xml.Unmarshal([]byte(documents(t)["junit.xml"](outside{hostile.Only(text.Text)})), &got); err != nil {
			t.Fatalf("%s: %v", text.Name, err)
		}
		want := string(safe.Lines(text.Text))
		if len(got.Cases) != 3 || got.Cases[0].Name != string(safe.Line(text.Text)) || !strings.Contains(got.Cases[0].Failure[0].Text, "actual "+want) {
			t.Errorf("%s: %+.300v", text.Name, got)
		}
	}
}

// TestHostileAnnotations: the runner reads each diagnostic as one command. It ends the properties at the first "::"
// after the name.
func TestHostileAnnotations(t *testing.T) {
	for _, text := range append(hostile.Texts(), hostile.Text{Name: "much", Text: hostile.Megabyte()[:1<<17]}) {
		lines := strings.Split(strings.TrimSuffix(documents(t)["annotations.txt"](outside{hostile.Only(text.Text)}), "\n"), "\n")
		if len(lines) != 3 {
			t.Errorf("%s: 3 diagnostics are %d lines", text.Name, len(lines))
		}
		for i, line := range lines {
			head, message, _ := strings.Cut(strings.TrimPrefix(line, "::"), "::")
			command, properties, _ := strings.Cut(head, " ")
			if want := []string{"error", "warning", "notice"}[i%3]; command != want {
				t.Errorf("%s: %q is no %s", text.Name, command, want)
			}
			values := map[string]string{}
			for property := range strings.SplitSeq(properties, ",") {
				key, value, _ := strings.Cut(property, "=")
				values[key] = unescaped(value)
			}
			if want := string(safe.Line(text.Text)) + " [code]"; values["title"] != want {
				t.Errorf("%s: the title is %.300q, not %.300q", text.Name, values["title"], want)
			}
			if !strings.Contains(unescaped(message), strings.ReplaceAll(string(safe.Lines(text.Text)), "\t", " ")) {
				t.Errorf("%s: the message is %.300q", text.Name, unescaped(message))
			}
		}
	}
}

// unescaped removes the escapes that the runner removes.
func unescaped(s string) string {
	return strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(s)
}

// TestHostileOutputs: a later step gets exactly the values that were written.
func TestHostileOutputs(t *testing.T) {
	var pairs [][2]string
	for i, text := range append(hostile.Texts(), hostile.Text{Text: hostile.Megabyte()}, hostile.Text{Text: "a\nname=forged\n"}) {
		pairs = append(pairs, [2]string{"text" + string(rune('A'+i)), text.Text})
	}
	var out bytes.Buffer
	if err := machine.StepOutputs(&out, pairs); err != nil {
		t.Fatal(err)
	}
	got := readOutputs(t, out.String())
	if len(got) != len(pairs) {
		t.Errorf("%d values are %d", len(pairs), len(got))
	}
	for _, pair := range pairs {
		if got[pair[0]] != pair[1] {
			t.Errorf("%.300q became %.300q", pair[1], got[pair[0]])
		}
	}
}
