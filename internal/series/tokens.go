package series

import (
	"bytes"
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/limit"
)

// judge refuses a recording.hcl whose parsing would take too much time or memory.
func (l *loader) judge() bool {
	if len(l.source) > MaxSourceBytes {
		l.fail("Recording too large", fmt.Sprintf("The file is larger than %d MiB (limit MaxSourceBytes). Put samples into CSV files, or cut it to the time that matters.",
			MaxSourceBytes>>20), l.lineRange(l.file, 1, 1))
		return false
	}
	if fault := limit.Nesting(l.source, l.shown(l.file)); fault != nil {
		l.limit(fault)
		return false
	}
	at, ok := tokensWithin(l.source, MaxTokens)
	if !ok {
		pos := hcl.Pos{Line: 1 + bytes.Count(l.source[:at], []byte("\n")), Column: at - bytes.LastIndexByte(l.source[:at], '\n'), Byte: at}
		l.fail("Recording too large", fmt.Sprintf("Up to here the file has more than %d words, signs and lines (limit MaxTokens). Put logs and events into JSON lines, "+
			"samples into values or CSV, and leave out series that do not matter.", MaxTokens), hcl.Range{Filename: l.shown(l.file), Start: pos, End: pos})
	}
	return ok
}

// tokensWithin counts the tokens that HCL makes of a source, about. If there are more than most, it says where. A text,
// a comment and a line of a heredoc are one each, for HCL does not look at the samples in values. Where the file holds
// an expression in a text, which may hold texts in turn, every word counts.
func tokensWithin(source []byte, most int) (at int, ok bool) {
	s := scanner{source: source, plain: !bytes.Contains(source, []byte("${")) && !bytes.Contains(source, []byte("%{"))}
	for s.at < len(source) {
		from := s.at
		if s.next(); s.tokens > most {
			return from, false
		}
	}
	return 0, true
}

// scanner goes through a source once.
type scanner struct {
	source     []byte
	at, tokens int
	plain      bool
}

// next passes a blank or a token.
func (s *scanner) next() {
	rest, from := s.source[s.at:], s.at
	switch c := rest[0]; {
	case c == ' ' || c == '\t' || c == '\r':
		s.at++
		return
	case isWord(c):
		for s.at < len(s.source) && isWord(s.source[s.at]) {
			s.at++
		}
		s.tokens += (s.at - from) / maxWord
	case s.plain && c == '"':
		s.text()
	case s.plain && (c == '#' || bytes.HasPrefix(rest, []byte("//"))):
		s.at += before(rest, "\n")
	case s.plain && bytes.HasPrefix(rest, []byte("/*")):
		s.at += before(rest, "*/")
	case s.plain && bytes.HasPrefix(rest, []byte("<<")):
		s.heredoc()
	default:
		s.at++
	}
	s.tokens++
}

// before is how many bytes come before an end, or all if it does not come.
func before(rest []byte, end string) int {
	if i := bytes.Index(rest, []byte(end)); i >= 0 {
		return i
	}
	return len(rest)
}

// text passes what is in quotes. It ends with its line at the latest. The signs of a template are tokens.
func (s *scanner) text() {
	for s.at++; s.at < len(s.source); s.at++ {
		switch s.source[s.at] {
		case '\\':
			s.at++
		case '$', '%':
			s.tokens++
		case '"':
			s.at++
			return
		case '\n':
			return
		}
	}
	s.at = len(s.source)
}

// heredoc passes the lines between <<EOT or <<-EOT and EOT, if those are what is here.
func (s *scanner) heredoc() {
	rest := s.source[s.at:]
	line := before(rest, "\n")
	marker := bytes.TrimSuffix(bytes.TrimPrefix(rest[2:line], []byte("-")), []byte("\r"))
	for _, c := range marker {
		if !isWord(c) && c != '-' {
			marker = nil
		}
	}
	if len(marker) == 0 {
		s.at += 2
		return
	}
	for s.at += line; s.at < len(s.source); {
		s.at++ // the line break
		inner := s.source[s.at : s.at+before(s.source[s.at:], "\n")]
		s.at += len(inner)
		s.tokens += 1 + bytes.Count(inner, []byte("$")) + bytes.Count(inner, []byte("%"))
		if bytes.Equal(bytes.TrimSpace(inner), marker) {
			return
		}
	}
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
