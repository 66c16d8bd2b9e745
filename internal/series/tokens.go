package series

import (
	"bytes"
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/limit"
)

// checkSource reports a recording.hcl that would take too much time or memory to parse.
func (l *loader) checkSource() bool {
	if len(l.source) > MaxSourceBytes {
		l.fail("Recording too large", fmt.Sprintf("The file is larger than %d MiB (limit MaxSourceBytes). Move samples to CSV files, or shorten the recording.",
			MaxSourceBytes>>20), l.lineRange(l.file, 1, 1))
		return false
	}
	if limitErr := limit.Nesting(l.source, l.displayPath(l.file)); limitErr != nil {
		l.limitExceeded(limitErr)
		return false
	}
	at, ok := tokensWithin(l.source, MaxTokens)
	if !ok {
		pos := hcl.Pos{Line: 1 + bytes.Count(l.source[:at], []byte("\n")), Column: at - bytes.LastIndexByte(l.source[:at], '\n'), Byte: at}
		l.fail("Recording too large", fmt.Sprintf("Up to here, the file has more than %d words, symbols and lines (limit MaxTokens). Move logs and events to JSON Lines files and "+
			"samples to values or CSV files, and remove series that monitors do not use.", MaxTokens), hcl.Range{Filename: l.displayPath(l.file), Start: pos, End: pos})
	}
	return ok
}

// tokensWithin estimates the number of HCL tokens in a source. If there are more than most, it returns the offset where
// the limit is exceeded. A string, a comment and a line of a heredoc count as one token each, because HCL does not
// tokenize the samples in values. If the file contains a template, whose expressions can contain strings, every word
// counts.
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

// scanner scans a source for tokens.
type scanner struct {
	source     []byte
	at, tokens int
	plain      bool
}

// next skips a space or a token.
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
		s.quoted()
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

// before returns the number of bytes before end, or all bytes if end is missing.
func before(rest []byte, end string) int {
	if i := bytes.Index(rest, []byte(end)); i >= 0 {
		return i
	}
	return len(rest)
}

// quoted skips a quoted string, which ends at the end of the line at the latest. The characters of a template count as
// tokens.
func (s *scanner) quoted() {
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

// heredoc skips the lines between <<EOT or <<-EOT and EOT. If there is no heredoc, it skips only <<.
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
