// Checks a log that Truceline exported, with Go's sumdb/note and sumdb/tlog; and writes one for Truceline to check.
//
//	check read FOLDER KEY    signed head, every entry by an inclusion proof, consistency with every smaller size given
//	check write FOLDER N     a log of N entries under a key of its own; prints the key
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Println("DOES NOT HOLD:", err)
		os.Exit(1)
	}
}

// name gives the C2SP name of a tile: Go's has the height of the tiles in it.
func name(t tlog.Tile) string {
	parts := strings.SplitN(t.Path(), "/", 4)
	level := parts[2]
	if level == "data" {
		level = "entries"
	}
	return filepath.Join("tile", level, parts[3])
}

type folder string

func (f folder) Height() int                                { return 8 }
func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		content, err := os.ReadFile(filepath.Join(string(f), name(t)))
		if err != nil {
			return nil, err
		}
		all = append(all, content)
	}
	return all, nil
}

func entries(where string, size int64) [][]byte {
	var all [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := 256
		if size-n*256 < 256 {
			width = int(size - n*256)
		}
		content, err := os.ReadFile(filepath.Join(where, name(tlog.Tile{H: 8, L: -1, N: n, W: width})))
		must(err)
		for len(content) > 0 {
			length := int(binary.BigEndian.Uint16(content))
			all = append(all, content[2:2+length])
			content = content[2+length:]
		}
	}
	return all
}

func read(where, key string) {
	verifier, err := note.NewVerifier(key)
	must(err)
	head, err := os.ReadFile(filepath.Join(where, "checkpoint"))
	must(err)
	opened, err := note.Open(head, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	hashes := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, folder(where))
	all := entries(where, size)
	for index, entry := range all {
		proof, err := tlog.ProveRecord(size, int64(index), hashes)
		must(err)
		must(tlog.CheckRecord(proof, size, root, int64(index), tlog.RecordHash(entry)))
	}
	checked := 0
	for smaller := int64(1); smaller < size; smaller += 1 + size/50 {
		old, err := tlog.TreeHash(smaller, hashes)
		must(err)
		proof, err := tlog.ProveTree(size, smaller, hashes)
		must(err)
		must(tlog.CheckTree(proof, size, root, smaller, old))
		checked++
	}
	fmt.Printf("signature of %s, %d inclusion proofs, %d consistency proofs\n", lines[0], len(all), checked)
}

type stored []tlog.Hash

func (s *stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var all []tlog.Hash
	for _, index := range indexes {
		all = append(all, (*s)[index])
	}
	return all, nil
}

func write(where string, count int64) {
	private, key, err := note.GenerateKey(rand.Reader, "go.example/log")
	must(err)
	signer, err := note.NewSigner(private)
	must(err)
	var kept stored
	var bundle bytes.Buffer
	for n := int64(0); n < count; n++ {
		entry := []byte(fmt.Sprintf("entry %d", n))
		added, err := tlog.StoredHashes(n, entry, &kept)
		must(err)
		kept = append(kept, added...)
		must(binary.Write(&bundle, binary.BigEndian, uint16(len(entry))))
		bundle.Write(entry)
		if width := int(n%256) + 1; width == 256 || n == count-1 {
			save(where, name(tlog.Tile{H: 8, L: -1, N: n / 256, W: width}), bundle.Bytes())
			bundle.Reset()
		}
	}
	for _, tile := range tlog.NewTiles(8, 0, count) {
		content, err := tlog.ReadTileData(tile, &kept)
		must(err)
		save(where, name(tile), content)
	}
	root, err := tlog.TreeHash(count, &kept)
	must(err)
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("go.example/log\n%d\n%v\n", count, root)}, signer)
	must(err)
	save(where, "checkpoint", signed)
	fmt.Println(key)
}

func save(where, name string, content []byte) {
	path := filepath.Join(where, name)
	must(os.MkdirAll(filepath.Dir(path), 0o755))
	must(os.WriteFile(path, content, 0o644))
}

func main() {
	if os.Args[1] == "read" {
		read(os.Args[2], os.Args[3])
	} else {
		count, err := strconv.ParseInt(os.Args[3], 10, 64)
		must(err)
		write(os.Args[2], count)
	}
}
