package cli

import (
	"bytes"
	"cmp"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// shortestHidden is the length from which a sensitive value is taken out wherever it turns up. Shorter ones would
// take out half of every text; they are hidden only at the places where they are known to stand.
const shortestHidden = 4

// hider takes sensitive values and keys out of what is written. It is the second lock: plans hide what they know to be
// sensitive by its place, but a value may also come back in an error of Datadog's or in an object whose block is gone.
type hider struct {
	stdout, stderr *hiddenWriter
	mu             sync.Mutex
	forms          map[string]hidden // by the text
}

// hidden is a text that is not to be seen.
type hidden struct {
	pattern *regexp.Regexp
	begins  string // the first word of it, which is looked for first because that is fast
	instead string
}

// isLiteral reports whether a text is a number or a word of JSON. Those stand everywhere, and taken out of a document
// they would leave none; a plan hides them by their places.
func isLiteral(s string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return err == nil || s == "true" || s == "false" || s == "null"
}

func newHider(stdout, stderr io.Writer) *hider {
	h := &hider{forms: make(map[string]hidden)}
	h.stdout, h.stderr = &hiddenWriter{hider: h, to: stdout}, &hiddenWriter{hider: h, to: stderr}
	return h
}

// learn makes values sensitive from now on, in the notations in which output writes them.
func (h *hider) learn(values map[string][]string) {
	for _, list := range values {
		for _, value := range list {
			h.add("(sensitive value)", value)
		}
	}
}

// learnKeys does the same for Datadog's keys. What is too short for one is a word that stands in for it.
func (h *hider) learnKeys(keys ...string) {
	for _, key := range keys {
		if len(key) >= 2*shortestHidden {
			h.add("(key)", key)
		}
	}
}

// add takes in the forms of a value. Where a text has blanks, output may have others: it wraps lines and clears up what
// comes from outside. What is no UTF-8, as a key may be that was set by mistake, has no pattern; it is refused elsewhere.
func (h *hider) add(instead, value string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if isLiteral(value) {
		return
	}
	for _, form := range object.SecretForms(value) {
		if _, known := h.forms[form]; known || len(form) < shortestHidden {
			continue
		}
		words := strings.Fields(form)
		quoted := make([]string, len(words))
		for i, w := range words {
			quoted[i] = regexp.QuoteMeta(w)
		}
		if pattern, err := regexp.Compile(strings.Join(quoted, `[\s\v\p{Z}\x{85}]+`)); err == nil {
			h.forms[form] = hidden{pattern, words[0], instead}
		}
	}
}

// text returns a text without what is hidden. It is for texts that are going to be cut into lines: what a line ends in
// the middle of is not found any more.
func (h *hider) text(s string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.replace(s)
}

// replace is text for who holds mu. Forms may overlap, and all of what any of them covers goes.
func (h *hider) replace(s string) string {
	type stretch struct {
		from, to int
		instead  string
	}
	var found []stretch
	for _, form := range h.forms {
		if !strings.Contains(s, form.begins) {
			continue
		}
		for _, at := range form.pattern.FindAllStringIndex(s, -1) {
			found = append(found, stretch{at[0], at[1], form.instead})
		}
	}
	if len(found) == 0 {
		return s
	}
	slices.SortFunc(found, func(a, b stretch) int {
		return cmp.Or(a.from-b.from, b.to-a.to, strings.Compare(a.instead, b.instead))
	})
	var b strings.Builder
	done := 0
	for _, f := range found {
		if f.from >= done {
			b.WriteString(s[done:f.from] + f.instead)
		}
		done = max(done, f.to)
	}
	return b.String() + s[done:]
}

// diagnostics returns them without what is hidden.
func (h *hider) diagnostics(diags hcl.Diagnostics) hcl.Diagnostics {
	out := make(hcl.Diagnostics, len(diags))
	for i, d := range diags {
		clean := *d
		clean.Summary, clean.Detail = h.text(d.Summary), h.text(d.Detail)
		out[i] = &clean
	}
	return out
}

// writer returns one that hides what goes to a file, too. Flush it at the end.
func (h *hider) writer(to io.Writer) *hiddenWriter { return &hiddenWriter{hider: h, to: to} }

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
}

func (w *hiddenWriter) Write(p []byte) (int, error) {
	w.hider.mu.Lock()
	defer w.hider.mu.Unlock()
	if len(w.hider.forms) == 0 {
		return w.to.Write(p)
	}
	w.rest = append(w.rest, p...)
	end := bytes.LastIndexByte(w.rest, '\n') + 1
	if _, err := io.WriteString(w.to, w.hider.replace(string(w.rest[:end]))); err != nil {
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
	_, err := io.WriteString(w.to, w.hider.replace(string(w.rest)))
	w.rest = w.rest[:0]
	return err
}

// drift takes what is hidden out of a report of drift, before a format escapes it beyond recognition. named are the
// objects by whose titles the report goes.
func (h *hider) drift(r *plan.DriftReport, named map[object.Address]*object.Object) {
	title := func(a object.Address, title string) string {
		if o := named[a]; o != nil && (o.IsSensitive(object.Path{"name"}) || o.IsSensitive(object.Path{"title"})) {
			return planfile.Redacted
		}
		return h.text(title)
	}
	for i := range r.Drifted {
		d := &r.Drifted[i]
		d.Title = title(d.Address, d.Title)
		for n := range d.Paths {
			d.Paths[n] = h.text(d.Paths[n])
		}
	}
	for i := range r.Silenced {
		m := &r.Silenced[i]
		m.Title, m.Scope = title(m.Address, m.Title), h.text(m.Scope)
	}
}
