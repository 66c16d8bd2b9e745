package cli

import (
	"errors"
	"strconv"

	"github.com/spf13/pflag"

	"ddmon/internal/operation"
)

// secondFlag is the second of the minute at which monitors are evaluated, as a pflag.Value. A phase is a part of a
// recording instead, such as incident_start.
type secondFlag int

func (s *secondFlag) register(f *pflag.FlagSet) {
	*s = operation.AllSeconds
	f.Var(s, "second", "evaluate only at this `SECOND` of the minute, 0 to 59, or at all")
	f.Var(s, "phase", "the old name of --second")
	if err := f.MarkHidden("phase"); err != nil {
		panic(err) // the flag was just defined
	}
}

func (s *secondFlag) String() string {
	if *s == operation.AllSeconds {
		return "all"
	}
	return strconv.Itoa(int(*s))
}

func (s *secondFlag) Type() string { return "string" }

func (s *secondFlag) Set(text string) error {
	if text == "all" {
		*s = operation.AllSeconds
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 59 {
		return errors.New("use a second of the minute, 0 to 59, or all")
	}
	*s = secondFlag(n)
	return nil
}
