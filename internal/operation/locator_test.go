package operation

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
)

// TestLocator: a part of a string is located exactly, wherever in the file the string is. Only long strings have a
// limit, after which their findings are at the whole string.
func TestLocator(t *testing.T) {
	const short, long = `"a word"`, maxLocated/2 - 100
	source := strings.Repeat("#", maxLocated) + "\n" + short + "\n\"" + strings.Repeat("b", long) + "\"\n"
	at := func(line, from, length int) hcl.Range {
		return hcl.Range{Filename: "f", Start: hcl.Pos{Line: line, Column: 1, Byte: from}, End: hcl.Pos{Line: line, Column: 1 + length, Byte: from + length}}
	}
	word := at(2, maxLocated+1, len(short))
	text := at(3, word.End.Byte+1, long+2)
	locate := locator(map[string]*hcl.File{"f": {Bytes: []byte(source)}})
	o := &object.Object{
		Body:   map[string]any{"name": "a word", "message": strings.Repeat("b", long)},
		Ranges: object.Ranges{"name": word, "message": text},
	}
	for range 1000 {
		if got := locate(o, object.Path{"name"}, 2, 6); got.Start.Byte != word.Start.Byte+3 || got.End.Byte != word.Start.Byte+7 {
			t.Fatalf("the word is at %v, bytes %d to %d", got, got.Start.Byte, got.End.Byte)
		}
	}
	for i := range 4 {
		got := locate(o, object.Path{"message"}, 2, 6)
		if exact := got.Start.Byte == text.Start.Byte+3 && got.End.Byte == text.Start.Byte+7; exact != (i < 2) || !exact && got != text {
			t.Errorf("the long string, time %d: %v", i, got)
		}
	}
	if got := locate(o, object.Path{"name"}, 2, 6); got.Start.Byte != word.Start.Byte+3 {
		t.Errorf("after the long strings, the word is at %v", got)
	}
	for _, without := range []map[string]*hcl.File{nil, {"g": {}}} {
		if got := locator(without)(o, object.Path{"name"}, 2, 6); got != word {
			t.Errorf("without the file, the word is at %v", got)
		}
	}
}
