// Package root reads the files of one folder and nothing outside it.
//
// Anyone who opens a pull request can write a stack, and a process with API keys reads it. All files of a configuration
// folder are therefore read through one Root. It follows links inside the folder. A link that leaves the folder is an
// error, which names the link but reveals nothing about its target. Root also refuses the files of version control
// (.git) and everything that is not a regular file. Start reading at Root.
package root
