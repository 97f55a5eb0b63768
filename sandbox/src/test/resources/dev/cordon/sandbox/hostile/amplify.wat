;; has the host copy one text of 60 kB sixteen thousand times
(module
  (import "cordon" "compare" (func $compare (param i32 i32 i32 i32 i32)))
  (memory (export "memory") 4)
  (func (export "analyse") (result i32) (local i32)
    (i32.store (i32.const 8) (i32.const 1))
    (i32.store (i32.const 12) (i32.const 1))
    (memory.fill (i32.const 1024) (i32.const 97) (i32.const 60000))
    (loop $l
      (i32.store (i32.add (i32.const 65536) (i32.shl (local.get 0) (i32.const 3))) (i32.const 1024))
      (i32.store (i32.add (i32.const 65540) (i32.shl (local.get 0) (i32.const 3))) (i32.const 60000))
      (br_if $l (i32.ne (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 16384))))
    (call $compare (i32.const 0) (i32.const 1) (i32.const 65536) (i32.const 16384) (i32.const 0))
    (i32.const 0)))
