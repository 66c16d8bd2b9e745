package safe_test

import (
	"slices"
	"strings"
	"testing"

	"ddmon/internal/render/safe"
)

func TestWidth(t *testing.T) {
	for text, want := range map[safe.Text]int{
		"": 0, "plain": 5, "äöü": 3, "a\u0308": 1, "日本": 4, "ｆｕｌｌ": 8, "👩\u200d🚀": 2, "🇩🇪": 2, "⚠️": 2, "한국": 4, "…": 1,
	} {
		if got := text.Width(); got != want {
			t.Errorf("%q occupies %d columns, not %d", text, got, want)
		}
		if got := (text.Pad(10) + "|").Width(); got != 11 {
			t.Errorf("%q padded occupies %d columns", text, got)
		}
		if got := ("|" + text.PadLeft(10)).Width(); got != 11 {
			t.Errorf("%q padded before it occupies %d columns", text, got)
		}
	}
}

func TestClipByWidth(t *testing.T) {
	for _, test := range []struct {
		text safe.Text
		most int
		want safe.Text
	}{
		{"日本語", 6, "日本語"}, {"日本語", 5, "日本…"}, {"日本語", 4, "日本…"}, {"日本語", 1, "…"},
		{"👩\u200d🚀 up", 3, "👩\u200d🚀 …"}, {"👩\u200d🚀 up", 1, "…"}, {"a\u0308o\u0308", 1, "a\u0308…"},
	} {
		if got := test.text.Clip(test.most); got != test.want {
			t.Errorf("%q cut to %d columns is %q, not %q", test.text, test.most, got, test.want)
		}
	}
	// Zero-width characters are cut too.
	for _, text := range []string{"a" + strings.Repeat("\u0301", 1<<16), strings.Repeat("\u0000", 1<<16), strings.Repeat("\u200d", 1<<16)} {
		if got := safe.Clip(text, 100); len(got) > 1000 {
			t.Errorf("%.20q: %d bytes are left", text, len(got))
		}
	}
}

func TestWrapByWidth(t *testing.T) {
	text := "日本語 日本語 日本語 日本語" + " plain text of words"
	if got := safe.Text(text).Wrap(20); !slices.Equal(got, []safe.Text{"日本語 日本語 日本語", "日本語 plain text of", "words"}) {
		t.Errorf("%q", got)
	}
	for _, line := range safe.Text(strings.Repeat("日本 wörter 👩\u200d🚀 ", 50)).Wrap(40) {
		if line.Width() > 40 || line.Width() < 25 {
			t.Errorf("%q occupies %d columns", line, line.Width())
		}
	}
}

func TestCharacters(t *testing.T) {
	if got := safe.Characters("a日👩\u200d🚀\u0308\x1b"); !slices.Equal(got, []string{"a", "日", "👩\u200d🚀\u0308", "\x1b"}) {
		t.Errorf("%q", got)
	}
}
