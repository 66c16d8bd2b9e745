package safe

import (
	"bufio"
	"io"
	"strings"
)

// Arg is Text or Painted. No other type implements it.
type Arg interface {
	isSafe()
}

func (Text) isSafe()    {}
func (Painted) isSafe() {}

// stringOf is a function and not a method of Arg, to avoid allocations.
func stringOf(a Arg) string {
	switch a := a.(type) {
	case Text:
		return string(a)
	case Painted:
		return string(a)
	}
	return ""
}

// Writer is a buffered writer of text. Flush returns the first error.
type Writer struct {
	out *bufio.Writer
}

// NewWriter returns a Writer on w.
func NewWriter(w io.Writer) *Writer { return &Writer{bufio.NewWriter(w)} }

// Printf replaces each %s of a format by the next argument. It panics if the numbers of both differ.
func (w *Writer) Printf(format Text, args ...Arg) {
	printf(w.out, string(format), args)
}

// Print writes its arguments without separators.
func (w *Writer) Print(args ...Arg) {
	for _, a := range args {
		_, _ = w.out.WriteString(stringOf(a)) // Flush returns the error
	}
}

// Text writes one text.
func (w *Writer) Text(t Text) { _, _ = w.out.WriteString(string(t)) } // Flush returns the error

// Painted writes one text in a tone, like Style.Paint.
func (w *Writer) Painted(s Style, tone Tone, t Text) {
	if !s.Color || t == "" || tone == Plain {
		w.Text(t)
		return
	}
	for _, part := range [...]string{"\x1b[", sequences[tone], "m", string(t), "\x1b[0m"} {
		_, _ = w.out.WriteString(part) // Flush returns the error
	}
}

// Println writes its arguments without separators, and a newline.
func (w *Writer) Println(args ...Arg) {
	w.Print(args...)
	_ = w.out.WriteByte('\n') // Flush returns the error
}

// Flush writes the buffered text.
func (w *Writer) Flush() error { return w.out.Flush() }

// Sprintf replaces each %s of a format by the next argument. It panics like Printf.
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

// printf panics on a wrong number of arguments, which is a bug that any test finds.
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
