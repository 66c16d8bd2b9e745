package cli

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/report"
)

// shortestKey is the length from which a key of Datadog's is taken for one.
const shortestKey = 8

// The tags of what is hidden are what output shows in its place.
const hiddenKey = "(key)"

// hider takes sensitive values and keys out of what is written. It is the second lock: what is sensitive is hidden by
// its place, but a value may also come back in an error of Datadog's or in an object whose block was removed.
type hider struct {
	stdout, stderr *hiddenWriter
	mu             sync.Mutex
	secrets        object.Finder
	// all has those as well that would be found in half of all texts; they are hidden in what Datadog says.
	all object.Finder
	// fields are the names of fields with sensitive numbers and truth values, which Datadog may repeat as JSON.
	fields map[string]bool
	// parts are pieces of the sensitive variables' values. What Datadog says is not shown at all while it has one.
	parts parts
}

func newHider(stdout, stderr io.Writer) *hider {
	h := &hider{parts: parts{}}
	h.secrets.Own = new(vocabulary).has
	h.stdout, h.stderr = &hiddenWriter{hider: h, to: stdout}, &hiddenWriter{hider: h, to: stderr}
	return h
}

// learnStack makes the values of a stack's sensitive variables, and what is computed from them, sensitive from now on.
func (h *hider) learnStack(stack *config.Stack) {
	h.learn(stack.Sensitive)
	h.learnEncoded(stack.Sensitive)
	h.learn(stack.Derived)
	h.learnFields(stack.Objects)
}

// learn makes values sensitive from now on, in the notations in which output writes them.
func (h *hider) learn(values map[string][]string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, list := range values {
		for _, value := range list {
			h.secrets.Add(object.Redacted, value)
			h.all.AddShort(object.Redacted, value)
		}
	}
}

// learnEncoded does the same for encodings of the values: once a block is removed, the configuration no longer says how
// the values in its object were computed.
func (h *hider) learnEncoded(values map[string][]string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, list := range values {
		for _, value := range list {
			h.parts.add(value)
			for _, text := range object.EncodedForms(value) {
				h.secrets.Add(object.Redacted, text)
				h.all.Add(object.Redacted, text)
			}
		}
	}
}

// learnKeys does the same for Datadog's keys. What is too short for one is a word that stands in for it.
func (h *hider) learnKeys(keys ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, key := range keys {
		if len(key) >= shortestKey {
			h.secrets.Add(hiddenKey, key)
			h.all.Add(hiddenKey, key)
		}
	}
}

// empty reports whether there is nothing to hide.
func (h *hider) empty() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.secrets.Empty()
}

// text returns a text without what is hidden. It is for texts that are going to be cut into lines: what a line ends in
// the middle of is not found any more.
func (h *hider) text(s string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return replace(s, h.secrets.FindInOutput(s))
}

// outside is text for one that came from a configuration or from Datadog and has no words of ddmon's in it.
func (h *hider) outside(s string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return replace(s, h.secrets.Find(s))
}

// replace takes out what was found. Places may overlap, and all of what any of them covers goes.
func replace(s string, found []object.Found) string {
	if len(found) == 0 {
		return s
	}
	var b strings.Builder
	done := 0
	for _, f := range found {
		if f.From >= done {
			before, instead := s[done:f.From], f.Tag
			if f.Number && isJSONValue(s, f.From, f.To) {
				before, instead = strings.TrimSuffix(before, "-"), strconv.Quote(instead)
			}
			b.WriteString(before + instead)
		}
		done = max(done, f.To)
	}
	return b.String() + s[done:]
}

// isJSONValue reports whether a number is a value of a JSON document, which must stay valid: it is between a
// document's signs and outside of quotes. Strings of JSON end on the line on which they begin.
func isJSONValue(s string, from, to int) bool {
	before := strings.TrimRight(strings.TrimSuffix(s[:from], "-"), " \t")
	after := strings.TrimLeft(s[to:], " \t\r")
	if before == "" || after == "" || !strings.ContainsAny(before[len(before)-1:], ":[,\n") || !strings.ContainsAny(after[:1], ",]}\n") {
		return false
	}
	quoted := false
	line := before[strings.LastIndexByte(before, '\n')+1:]
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && quoted:
			i++
		case line[i] == '"':
			quoted = !quoted
		}
	}
	return !quoted
}

// diagnostics returns them without what is hidden.
func (h *hider) diagnostics(diags hcl.Diagnostics) diag.Shown { return diag.Show(diags, h.text) }

// writer returns one that hides what goes to a file, too. Flush it at the end.
func (h *hider) writer(to io.Writer) *hiddenWriter { return &hiddenWriter{hider: h, to: to} }

// page returns a writer for a page with drawings, which consist of numbers: those stay, and so does the script that draws.
func (h *hider) page(to io.Writer) *hiddenWriter {
	return &hiddenWriter{hider: h, to: to, drawn: true, fixed: report.FixedLines()}
}

// flush writes out what is held back.
func (h *hider) flush() {
	_ = h.stdout.flush()
	_ = h.stderr.flush()
}

// hiddenWriter holds back an unfinished line while there is something to hide, so that a value is never cut in two.
type hiddenWriter struct {
	hider *hider
	to    io.Writer
	rest  []byte
	drawn bool            // numbers stay
	fixed map[string]bool // lines that stay
}

func (w *hiddenWriter) clean(b []byte) string {
	if len(w.fixed) == 0 {
		return w.cleanAll(b)
	}
	var out strings.Builder
	from, to := 0, 0
	for line := range bytes.Lines(b) {
		if to += len(line); w.fixed[string(line)] {
			out.WriteString(w.cleanAll(b[from : to-len(line)]))
			out.Write(line)
			from = to
		}
	}
	out.WriteString(w.cleanAll(b[from:]))
	return out.String()
}

func (w *hiddenWriter) cleanAll(b []byte) string {
	found := w.hider.secrets.FindInOutput(string(b))
	if w.drawn {
		found = slices.DeleteFunc(found, func(f object.Found) bool { return f.Number })
	}
	return replace(string(b), found)
}

func (w *hiddenWriter) Write(p []byte) (int, error) {
	w.hider.mu.Lock()
	defer w.hider.mu.Unlock()
	if w.hider.secrets.Empty() {
		return w.to.Write(p)
	}
	w.rest = append(w.rest, p...)
	end := bytes.LastIndexByte(w.rest, '\n') + 1
	if _, err := io.WriteString(w.to, w.clean(w.rest[:end])); err != nil {
		return 0, err
	}
	w.rest = append(w.rest[:0], w.rest[end:]...)
	return len(p), nil
}

// flush writes an unfinished line, such as a question.
func (w *hiddenWriter) flush() error {
	w.hider.mu.Lock()
	defer w.hider.mu.Unlock()
	if len(w.rest) == 0 {
		return nil
	}
	_, err := io.WriteString(w.to, w.clean(w.rest))
	w.rest = w.rest[:0]
	return err
}
