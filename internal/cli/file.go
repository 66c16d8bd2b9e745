package cli

import (
	"fmt"
	"io"
	"os"
)

// writeFile writes a file for people or programs to read, without what is hidden, whole or says why not.
func (a *App) writeFile(path string, write func(io.Writer) error) error {
	return createFile(path, 0o666, func(w io.Writer) error {
		clean := a.hide.writer(w)
		if err := write(clean); err != nil {
			return err
		}
		return clean.flush()
	})
}

// createFile writes a file as it is, for those whom mode lets read it.
func createFile(path string, mode os.FileMode, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	if err := write(file); err != nil {
		_ = file.Close() // the first error tells more
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return file.Close()
}
