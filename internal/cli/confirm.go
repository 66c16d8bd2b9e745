package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"ddmon/internal/routine"
)

// confirm asks; only yes is yes, anything else an error. Where no one can answer, it says how to go on.
func (a *App) confirm(ctx context.Context, question string) error {
	if _, err := fmt.Fprintf(a.Stdout, "\n%s Only yes is accepted: ", question); err != nil {
		return err
	}
	a.hide.flush()
	var line string
	reading := routine.Start(func() (err error) {
		line, err = bufio.NewReader(a.Stdin).ReadString('\n')
		return err
	})
	answer, failed := "", ctx.Err()
	select {
	case <-ctx.Done():
	case <-reading.Done():
		failed = reading.Wait()
		answer = strings.TrimSpace(line)
	}
	if _, err := fmt.Fprintln(a.Stdout); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case answer == "yes":
		return nil
	case failed != nil && answer == "":
		return fmt.Errorf("no one answered, so nothing was changed: add --auto-approve where no one can")
	}
	a.say("Cancelled, nothing was changed.")
	return errFailed
}
