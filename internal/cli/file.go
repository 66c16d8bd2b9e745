package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ddmon/internal/report"
)

// writeFile writes a file for people or programs to read, without what is hidden, whole or says why not.
func (a *App) writeFile(path string, write func(io.Writer) error) error {
	return createHidden(path, a.hide.writer, write)
}

// writePage writes a report.
func (a *App) writePage(path string, page report.Page) error {
	return createHidden(path, a.hide.page, func(w io.Writer) error { return report.Write(w, page) })
}

// isOfSystem reports whether a path is in a folder of the kernel's, such as /dev/stdout, which is a link there.
func isOfSystem(path string) bool {
	absolute, err := filepath.Abs(path)
	return err != nil || strings.HasPrefix(absolute, "/dev/") || strings.HasPrefix(absolute, "/proc/")
}

func createHidden(path string, hidden func(io.Writer) *hiddenWriter, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	clean := hidden(file)
	if err := errors.Join(write(clean), clean.flush()); err != nil {
		_ = file.Close() // the first error says more
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return file.Close()
}

// replaceFile writes a file that its owner alone can read, whole or not at all. Whatever was at the path gives way to it:
// a link is replaced and not followed, and a file loses its mode. What is neither a link nor a file is left alone.
func replaceFile(path string, write func(io.Writer) error) error {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !info.Mode().IsRegular() && info.Mode().Type() != fs.ModeSymlink, isOfSystem(path):
		return fmt.Errorf("%s is not a file: name another one", path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // of mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }() // once it is renamed there is none
	err = errors.Join(write(file), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}
