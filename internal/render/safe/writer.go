package safe

import (
	"bufio"
	"io"
	"strings"
)

// Arg is what output is made of: Text or Painted. No other type can be one.
type Arg interface {
	isSafe()
}

func (Text) isSafe()    {}
func (Painted) isSafe() {}

// stringOf is no method, so that an Arg needs no memory of its own.
func stringOf(a Arg) string {
	switch a := a.(type) {
	case Text:
		return string(a)
	case Painted:
		return string(a)
	}
	return ""
}

// Writer writes text with a buffer; Flush returns the first error.
type Writer struct {
	out *bufio.Writer
}

// NewWriter returns a Writer on w.
func NewWriter(w io.Writer) *Writer { return &Writer{bufio.NewWriter(w)} }

// Printf writes a text in which each %s is the next of args. It panics where there are fewer or more.
func (w *Writer) Printf(format Text, args ...Arg) {
	printf(w.out, string(format), args)
}

// Print writes args one after the other.
func (w *Writer) Print(args ...Arg) {
	for _, a := range args {
		_, _ = w.out.WriteString(stringOf(a)) // Flush returns the error
	}
}

// Text writes one text.
func (w *Writer) Text(t Text) { _, _ = w.out.WriteString(string(t)) } // Flush returns the error

// Painted writes one text in a tone, as Style.Paint would.
func (w *Writer) Painted(s Style, tone Tone, t Text) {
	if !s.Color || t == "" || tone == Plain {
		w.Text(t)
		return
	}
	for _, part := range [...]string{"\x1b[", sequences[tone], "m", string(t), "\x1b[0m"} {
		_, _ = w.out.WriteString(part) // Flush returns the error
	}
}

// Println writes args one after the other, and a line end.
func (w *Writer) Println(args ...Arg) {
	w.Print(args...)
	_ = w.out.WriteByte('\n') // Flush returns the error
}

// Flush writes out the buffer.
func (w *Writer) Flush() error { return w.out.Flush() }

// Sprintf returns a text in which each %s is the next of args. It panics as Printf does.
func Sprintf(format Text, args ...Text) Text {
	var b strings.Builder
	rest := string(format)
	for _, a := range args {
		before, after, found := strings.Cut(rest, "%s")
		if !found {
			panic(string(format))
		}
		b.WriteString(before)
		b.WriteString(string(a))
		rest = after
	}
	b.WriteString(rest)
	return Text(b.String())
}

// Concat joins texts with and without tones.
func Concat(args ...Arg) Painted {
	var b strings.Builder
	for _, a := range args {
		b.WriteString(stringOf(a))
	}
	return Painted(b.String())
}

// printf panics on a wrong number of args: a format and its args are both in the program's text.
func printf(b io.StringWriter, format string, args []Arg) {
	rest := format
	for _, a := range args {
		before, after, found := strings.Cut(rest, "%s")
		if !found {
			panic(format)
		}
		_, _ = b.WriteString(before) // Flush returns the error
		_, _ = b.WriteString(stringOf(a))
		rest = after
	}
	if strings.Contains(rest, "%s") {
		panic(format)
	}
	_, _ = b.WriteString(rest)
}
