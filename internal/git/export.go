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
	// maxEntries is the maximum number of files in a folder.
	maxEntries = 500_000
	// maxTotal is the maximum total length of all files in bytes, without files longer than maxFile.
	maxTotal = 4 << 30
	// maxFile is the maximum length of a file to copy in bytes. No command reads longer files.
	maxFile = limit.MaxFileBytes
	// maxPath is the maximum length of a path in bytes; file systems do not support longer ones.
	maxPath = 4096
)

// asRecorded makes git ignore refs/replace, so that it reads the objects of the commit itself.
var asRecorded = []string{"GIT_NO_REPLACE_OBJECTS=1"}

// Export writes the content of the folder at a commit to the folder to, which must exist and be empty. ok is false if
// the commit does not contain the folder.
//
// Files are written byte for byte as in the commit: attributes (filter, ident, eol, working-tree-encoding,
// export-ignore) and settings such as core.autocrlf have no effect, so a file in Git LFS is written as its pointer.
// Links are written as links; readers must not follow them out of the folder. Submodules and the executable bit are
// left out. A file that is too large is written with its length but without its content. Names that lead out of the
// folder, belong to version control, or that the file system does not distinguish from others are errors.
func (c Checkout) Export(ctx context.Context, commit, to string) (ok bool, err error) {
	tree, err := c.run(ctx, asRecorded, "rev-parse", "--verify", "--quiet", "--end-of-options", commit+":./")
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 {
		return false, nil // the folder does not exist; errors have other exit codes
	}
	if err != nil {
		return false, err
	}
	if what, err := c.run(ctx, asRecorded, "cat-file", "-t", tree); err != nil || what != "tree" {
		return false, err // it is a file or a submodule
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // stops the commands if writing fails
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

// listTree lists the files and links of a tree, at any depth. Links are last, so that no file is written through a
// link.
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

// readEntries parses the output of `git ls-tree -z`: "MODE TYPE ID\tPATH", terminated by NUL.
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
		metadata, path, _ := strings.Cut(line, "\t")
		fields := strings.Fields(metadata)
		if len(fields) != 3 {
			return nil, fmt.Errorf("git ls-tree: invalid entry %q", line)
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
			return nil, fmt.Errorf("git ls-tree: %s has the mode %s, which is neither a file nor a link", quote(path), fields[0])
		}
		if len(files)+len(links) > maxEntries {
			return nil, fmt.Errorf("the folder contains more than %d files: move the stack to a separate folder, or use --base with a folder", maxEntries)
		}
	}
}

// readUntilNUL reads up to a NUL byte, which it drops, or to the end.
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
	if err := copyAll(&blobs{requests: stdin, responses: bufio.NewReader(stdout)}, entries, out); err != nil {
		_ = cmd.Cancel()
		return orReason(err, cmd.Wait(), errs)
	}
	if err := errors.Join(stdin.Close(), cmd.Wait()); err != nil {
		return failed("cat-file", err, errs)
	}
	return nil
}

// orReason returns the error of the command if it failed by itself, because that caused the incomplete output, else
// err.
func orReason(err, ended error, errs *bytes.Buffer) error {
	var exit *exec.ExitError
	if errors.As(ended, &exit) && exit.Exited() && errs.Len() > 0 {
		return failed("cat-file", ended, errs)
	}
	return err
}
