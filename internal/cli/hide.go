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

// shortestKey is the minimum length of a Datadog key. Shorter values are placeholders.
const shortestKey = 8

// hiddenKey is shown in place of a key.
const hiddenKey = "(key)"

// hider removes sensitive values and keys from output. It is the second line of defence: sensitive fields are redacted
// where they are rendered, but a value can also come back in one of Datadog's errors, or in an object whose block was
// removed.
type hider struct {
	stdout, stderr *hiddenWriter
	mu             sync.Mutex
	secrets        object.Finder
	// all also has the values that are too short to search for in all output; they are hidden in Datadog's responses.
	all object.Finder
	// fields are the names of fields with sensitive numbers and booleans, which Datadog can repeat as JSON.
	fields map[string]bool
	// parts are substrings of the sensitive variables' values. A text from Datadog that contains one is not shown.
	parts parts
}

func newHider(stdout, stderr io.Writer) *hider {
	h := &hider{parts: parts{}}
	h.secrets.Own = new(vocabulary).has
	h.stdout, h.stderr = &hiddenWriter{hider: h, to: stdout}, &hiddenWriter{hider: h, to: stderr}
	return h
}

// learnStack hides the values of a stack's sensitive variables, and values computed from them, from now on.
func (h *hider) learnStack(stack *config.Stack) {
	h.learn(stack.Sensitive)
	h.learnEncoded(stack.Sensitive)
	h.learn(stack.Derived)
	h.learnFields(stack.Objects)
}

// learn hides values from now on, in every notation that output uses.
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

// learnEncoded also hides encodings of the values: once a block is removed, the configuration no longer shows how the
// values in its object were computed.
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

// learnKeys hides Datadog's keys. A shorter value is a placeholder, not a key.
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

// text hides sensitive values in a string. Use it before a string is wrapped: a value that a line break splits is not
// found any more.
func (h *hider) text(s string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return replace(s, h.secrets.FindInOutput(s))
}

// outside is like text, for strings from the configuration or from Datadog, which contain no words of ddmon's own.
func (h *hider) outside(s string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return replace(s, h.secrets.Find(s))
}

// replace replaces the matches. They can overlap; everything that any of them covers is removed.
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

// isJSONValue reports whether a number is a value in a JSON document, which must stay valid: it is between punctuation
// and outside of quotes. JSON strings end on the line on which they begin.
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

// diagnostics hides sensitive values in diagnostics.
func (h *hider) diagnostics(diags hcl.Diagnostics) diag.Shown { return diag.Show(diags, h.text) }

// writer returns a writer that hides sensitive values in a file. Flush it at the end.
func (h *hider) writer(to io.Writer) *hiddenWriter { return &hiddenWriter{hider: h, to: to} }

// page returns a writer for an HTML report. It keeps numbers, which the plots consist of, and the plotting script.
func (h *hider) page(to io.Writer) *hiddenWriter {
	return &hiddenWriter{hider: h, to: to, drawn: true, fixed: report.FixedLines()}
}

// flush writes unfinished lines.
func (h *hider) flush() {
	_ = h.stdout.flush()
	_ = h.stderr.flush()
}

// hiddenWriter buffers an unfinished line while there is something to hide, so that no value is split between two
// writes.
type hiddenWriter struct {
	hider *hider
	to    io.Writer
	rest  []byte
	drawn bool            // keep numbers
	fixed map[string]bool // lines to keep
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

// flush writes an unfinished line, such as a prompt.
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
