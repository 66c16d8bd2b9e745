package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

// shortestHidden is the length from which a sensitive value is taken out wherever it turns up. Shorter ones would
// take out half of every text; they are hidden only at the places where they are known to stand.
const shortestHidden = 4

// hider takes sensitive values out of what is written, line by line. It is the second lock: plans hide what they know
// to be sensitive by its place, but a value may also come back in an error of Datadog's or in an object whose block
// is gone.
type hider struct {
	stdout, stderr *hiddenWriter
	mu             sync.Mutex
	replacer       *strings.Replacer // nil while nothing is sensitive
}

func newHider(stdout, stderr io.Writer) *hider {
	h := &hider{}
	h.stdout, h.stderr = &hiddenWriter{hider: h, to: stdout}, &hiddenWriter{hider: h, to: stderr}
	return h
}

// learn makes values sensitive from now on, in the notations in which output writes them.
func (h *hider) learn(values map[string][]string) {
	texts := make(map[string]bool)
	for _, list := range values {
		for _, value := range list {
			for line := range strings.SplitSeq(value, "\n") {
				escaped, _ := json.Marshal(line) // a string always can be
				for _, text := range []string{line, strings.Trim(string(escaped), `"`), strings.ReplaceAll(line, `"`, `\"`)} {
					if len(strings.TrimSpace(text)) >= shortestHidden {
						texts[text] = true
					}
				}
			}
		}
	}
	if len(texts) == 0 {
		return
	}
	var pairs []string
	for _, text := range slices.SortedFunc(maps.Keys(texts), func(a, b string) int { return len(b) - len(a) }) {
		pairs = append(pairs, text, "(sensitive value)")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.replacer = strings.NewReplacer(pairs...)
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
}

func (w *hiddenWriter) Write(p []byte) (int, error) {
	w.hider.mu.Lock()
	defer w.hider.mu.Unlock()
	if w.hider.replacer == nil {
		return w.to.Write(p)
	}
	w.rest = append(w.rest, p...)
	end := bytes.LastIndexByte(w.rest, '\n') + 1
	if _, err := w.hider.replacer.WriteString(w.to, string(w.rest[:end])); err != nil {
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
	_, err := w.hider.replacer.WriteString(w.to, string(w.rest))
	w.rest = w.rest[:0]
	return err
}
