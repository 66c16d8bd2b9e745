package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"html"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
)

// shortestHidden is the length from which a sensitive value is taken out wherever it turns up. Shorter ones would
// take out half of every text; they are hidden only at the places where they are known to stand.
const shortestHidden = 4

// hider takes sensitive values and keys out of what is written. It is the second lock: plans hide what they know to be
// sensitive by its place, but a value may also come back in an error of Datadog's or in an object whose block is gone.
type hider struct {
	stdout, stderr *hiddenWriter
	mu             sync.Mutex
	forms          map[string]string // what stands in for a text, by the text
	pattern        *regexp.Regexp    // of all forms; nil while nothing is sensitive
}

func newHider(stdout, stderr io.Writer) *hider {
	h := &hider{forms: make(map[string]string)}
	h.stdout, h.stderr = &hiddenWriter{hider: h, to: stdout}, &hiddenWriter{hider: h, to: stderr}
	return h
}

// learn makes values sensitive from now on, in the notations in which output writes them.
func (h *hider) learn(values map[string][]string) {
	for _, list := range values {
		for _, value := range list {
			for line := range strings.SplitSeq(value, "\n") {
				h.add("(sensitive value)", line)
			}
			h.add("(sensitive value)", value)
		}
	}
	h.compile()
}

// learnKeys does the same for Datadog's keys. What is too short for one is a word that stands in for it.
func (h *hider) learnKeys(keys ...string) {
	for _, key := range keys {
		if len(key) >= 2*shortestHidden {
			h.add("(key)", key)
		}
	}
	h.compile()
}

func (h *hider) add(instead, value string) {
	inJSON := func(s string) string {
		escaped, _ := json.Marshal(s) // a string always can be
		return string(escaped[1 : len(escaped)-1])
	}
	withoutHTML := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&")
	quoted := inJSON(value)
	// Errors repeat what was sent, which is JSON, and may themselves become part of a document.
	forms := []string{
		value, quoted, withoutHTML.Replace(quoted), inJSON(quoted), withoutHTML.Replace(inJSON(quoted)),
		strings.ReplaceAll(value, `"`, `\"`), html.EscapeString(value),
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, form := range forms {
		if form = strings.TrimSpace(form); len(form) >= shortestHidden {
			h.forms[form] = instead
		}
	}
}

// compile makes the pattern. Where a text has blanks, output may have others: it wraps lines and clears up what comes
// from outside.
func (h *hider) compile() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.forms) == 0 {
		return
	}
	var alternatives []string
	for _, form := range slices.SortedFunc(maps.Keys(h.forms), func(a, b string) int {
		return cmp.Or(len(b)-len(a), strings.Compare(a, b))
	}) {
		words := strings.Fields(form)
		for i, w := range words {
			words[i] = regexp.QuoteMeta(w)
		}
		alternatives = append(alternatives, strings.Join(words, `\s+`))
	}
	h.pattern = regexp.MustCompile(strings.Join(alternatives, "|"))
}

// text returns a text without what is hidden. It is for texts that are going to be cut into lines: what a line ends in
// the middle of is not found any more.
func (h *hider) text(s string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.replace(s)
}

// replace is text for who holds mu.
func (h *hider) replace(s string) string {
	if h.pattern == nil {
		return s
	}
	return h.pattern.ReplaceAllStringFunc(s, func(found string) string {
		if instead, ok := h.forms[found]; ok {
			return instead
		}
		return "(sensitive value)" // with other blanks than it has
	})
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
	if w.hider.pattern == nil {
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
