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

// writeFile writes a file without sensitive values.
func (a *App) writeFile(path string, write func(io.Writer) error) error {
	return createHidden(path, a.hide.writer, write)
}

// writePage writes an HTML report.
func (a *App) writePage(path string, page report.Page) error {
	page.Hide = a.hide.text
	return createHidden(path, a.hide.page, func(w io.Writer) error { return report.Write(w, page) })
}

// isSystemPath reports whether a path is in one of the kernel's folders. /dev/stdout, for example, is a link there.
func isSystemPath(path string) bool {
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
		_ = file.Close() // the first error is the cause
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return file.Close()
}

// replaceFile atomically writes a file with mode 0600. It replaces a file or a link at the path, without following the
// link, and refuses to replace anything else.
func replaceFile(path string, write func(io.Writer) error) error {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !info.Mode().IsRegular() && info.Mode().Type() != fs.ModeSymlink, isSystemPath(path):
		return fmt.Errorf("%s is not a regular file: use another path", path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // creates it with mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }() // no effect after the rename
	err = errors.Join(write(file), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}
