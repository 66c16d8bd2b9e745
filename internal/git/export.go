package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"ddmon/internal/limit"
)

const (
	// maxEntries is how many files a folder may hold.
	maxEntries = 500_000
	// maxTotal is how long all files may be together, in bytes. Those longer than maxFile do not count.
	maxTotal = 4 << 30
	// maxFile is the length of a file from which on it is not copied, in bytes. Nothing reads a longer one.
	maxFile = limit.MaxFileBytes
	// maxPath is the length of a path, in bytes, beyond which no system could hold it.
	maxPath = 4096
)

// asRecorded makes git show objects as they are in the commit, whatever refs/replace says.
var asRecorded = []string{"GIT_NO_REPLACE_OBJECTS=1"}

// Export writes what the folder held at a commit into the folder to, which exists and is empty. ok is false if the commit
// has no such folder.
//
// Files are written as the commit records them, byte for byte: attributes (filter, ident, eol, working-tree-encoding,
// export-ignore) and settings such as core.autocrlf change nothing. A file in Git LFS is thus its pointer. Links are
// written as links; whoever reads them must not follow them out of the folder. Submodules and the executable bit are left
// out. A file that is too large to be read is written with its length, but without its content. Names that lead out of
// the folder, that are version control's own, or that the file system cannot tell from another are errors.
func (c Checkout) Export(ctx context.Context, commit, to string) (ok bool, err error) {
	tree, err := c.run(ctx, asRecorded, "rev-parse", "--verify", "--quiet", "--end-of-options", commit+":./")
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 {
		return false, nil // so git says that there is none; faults have another code
	}
	if err != nil {
		return false, err
	}
	if what, err := c.run(ctx, asRecorded, "cat-file", "-t", tree); err != nil || what != "tree" {
		return false, err // a file or a submodule was there
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the commands if writing fails
	out, err := newFolder(to)
	if err != nil {
		return false, err
	}
	defer out.close()
	entries, err := c.listTree(ctx, tree)
	if err != nil {
		return false, err
	}
	err = c.writeEntries(ctx, entries, out)
	return err == nil, err
}

// entry is a file or a link of a tree.
type entry struct {
	link bool
	id   string
	path string // with slashes
}

// listTree lists the files and links of a tree, at any depth. The links are last, so that no file is written through one.
func (c Checkout) listTree(ctx context.Context, tree string) ([]entry, error) {
	cmd, errs := c.command(ctx, asRecorded, "ls-tree", "-r", "-z", "--full-tree", tree)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, failed("ls-tree", err, errs)
	}
	entries, err := readEntries(stdout)
	if err != nil {
		_ = cmd.Cancel() // the first error is the reason
	}
	if ended := cmd.Wait(); err == nil && ended != nil {
		err = failed("ls-tree", ended, errs)
	}
	return entries, err
}

// readEntries reads what `git ls-tree -z` prints: "MODE TYPE ID\tPATH" up to a NUL.
func readEntries(from io.Reader) ([]entry, error) {
	var files, links []entry
	in := bufio.NewReader(from)
	for {
		line, err := readUntilNUL(in)
		if errors.Is(err, io.EOF) {
			return append(files, links...), nil
		}
		if err != nil {
			return nil, err
		}
		about, path, _ := strings.Cut(line, "\t")
		fields := strings.Fields(about)
		if len(fields) != 3 {
			return nil, fmt.Errorf("git ls-tree: %q is not an entry of a tree", line)
		}
		switch e := (entry{id: fields[2], path: path}); {
		case fields[1] == "commit": // of a submodule
			continue
		case fields[1] == "blob" && fields[0] == "120000":
			e.link = true
			links = append(links, e)
		case fields[1] == "blob" && strings.HasPrefix(fields[0], "100"):
			files = append(files, e)
		default:
			return nil, fmt.Errorf("git ls-tree: %s has the mode %s, which is neither of a file nor of a link", quote(path), fields[0])
		}
		if len(files)+len(links) > maxEntries {
			return nil, fmt.Errorf("the folder holds more than %d files: keep the stack in a folder of its own, or name a folder with --base", maxEntries)
		}
	}
}

// readUntilNUL reads up to a NUL, which it drops, or to the end.
func readUntilNUL(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := in.ReadSlice(0)
		line = append(line, part...)
		switch {
		case err == nil:
			return string(line[:len(line)-1]), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			if errors.Is(err, io.EOF) && len(line) > 0 {
				return "", io.ErrUnexpectedEOF
			}
			return "", err
		case len(line) > 2*maxPath:
			return "", fmt.Errorf("the path %s is longer than %d bytes", quote(string(line)), maxPath)
		}
	}
}

// writeEntries writes the entries with their content.
func (c Checkout) writeEntries(ctx context.Context, entries []entry, out *folder) error {
	cmd, errs := c.command(ctx, asRecorded, "cat-file", "--batch")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return failed("cat-file", err, errs)
	}
	if err := copyAll(&blobs{ask: stdin, answer: bufio.NewReader(stdout)}, entries, out); err != nil {
		_ = cmd.Cancel()
		return orReason(err, cmd.Wait(), errs)
	}
	if err := errors.Join(stdin.Close(), cmd.Wait()); err != nil {
		return failed("cat-file", err, errs)
	}
	return nil
}

// orReason returns the error of a command that ended by itself, which explains that its answers broke off.
func orReason(err, ended error, errs *bytes.Buffer) error {
	var exit *exec.ExitError
	if errors.As(ended, &exit) && exit.Exited() && errs.Len() > 0 {
		return failed("cat-file", ended, errs)
	}
	return err
}
