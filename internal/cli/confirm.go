package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"ddmon/internal/routine"
)

// confirm asks for approval. Any answer but yes is an error.
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
		return fmt.Errorf("no answer on standard input, nothing was changed: use --auto-approve to apply without asking")
	}
	a.logf("Cancelled. Nothing was changed.")
	return errFailed
}
