package git

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// blobs reads the content of files from `git cat-file --batch`, one at a time.
type blobs struct {
	requests  io.Writer
	responses *bufio.Reader
	total     int64 // bytes of the files so far, without files that are too large
}

// open requests a blob and returns its length. Its content must be read with copyTo.
func (b *blobs) open(id string) (size int64, err error) {
	if _, err := io.WriteString(b.requests, id+"\n"); err != nil {
		return 0, err
	}
	line, err := b.responses.ReadString('\n')
	if err != nil {
		return 0, fmt.Errorf("git cat-file: %w", err)
	}
	fields := strings.Fields(line)
	if len(fields) != 3 || fields[1] != "blob" {
		return 0, fmt.Errorf("git does not have the content of the object %s (%s): fetch it first", quote(id), strings.TrimSpace(line))
	}
	if size, err = strconv.ParseInt(fields[2], 10, 64); err != nil {
		return 0, fmt.Errorf("git cat-file: %w", err)
	}
	if size <= maxFile {
		b.total += size
	}
	if b.total > maxTotal {
		return 0, fmt.Errorf("the files of the folder exceed %d GiB in total: move the stack to a separate folder, "+
			"or use --base with a folder", maxTotal>>30)
	}
	return size, nil
}

// copyTo copies the content of the blob that was opened.
func (b *blobs) copyTo(to io.Writer, size int64) error {
	if _, err := io.CopyN(to, b.responses, size); err != nil {
		return err
	}
	_, err := b.responses.Discard(1) // the line feed after it
	return err
}

// copyAll writes the entries into a folder.
func copyAll(b *blobs, entries []entry, out *folder) error {
	for _, e := range entries {
		size, err := b.open(e.id)
		if err != nil {
			return err
		}
		if e.link {
			err = b.copyLink(e, size, out)
		} else {
			err = b.copyFile(e, size, out)
		}
		if err != nil {
			return fmt.Errorf("cannot write %s: %w", quote(e.path), err)
		}
	}
	return nil
}

func (b *blobs) copyLink(e entry, size int64, out *folder) error {
	if size > maxPath {
		return fmt.Errorf("the link's target is longer than %d bytes", maxPath)
	}
	var target strings.Builder
	if err := b.copyTo(&target, size); err != nil {
		return err
	}
	if strings.ContainsRune(target.String(), 0) {
		return errors.New("the link's target contains a NUL byte")
	}
	return out.link(e.path, target.String())
}

// copyFile writes a file. If it is too large, it gets its length but no content, so that reading it fails with the
// correct reason.
func (b *blobs) copyFile(e entry, size int64, out *folder) (err error) {
	file, err := out.create(e.path)
	if err != nil {
		return err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	if size <= maxFile {
		return b.copyTo(file, size)
	}
	if err := file.Truncate(size); err != nil {
		return err
	}
	return b.copyTo(io.Discard, size)
}

// quote quotes a name from the repository for messages.
func quote(name string) string {
	const longest = 200
	if len(name) > longest {
		name = name[:longest] + "…"
	}
	return strconv.Quote(name)
}
